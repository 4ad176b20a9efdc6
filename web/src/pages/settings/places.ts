/** Regions whose way of writing dates and amounts is offered; any other stays if it is set. */
const offered = [
  ..."cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN en-NZ en-US en-ZA".split(
    " ",
  ),
  ..."es-AR es-ES es-MX et-EE fi-FI fr-BE fr-CA fr-CH fr-FR hr-HR hu-HU it-CH it-IT ja-JP".split(
    " ",
  ),
  ..."ko-KR lt-LT lv-LV nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO sk-SK sl-SI sv-SE tr-TR".split(
    " ",
  ),
  ..."uk-UA zh-CN zh-TW".split(" "),
];

export type LocaleChoice = { tag: string; name: string };

/** "Deutsch (Deutschland)": each in its own words, as its speakers look for it. */
export function localeChoices(current: string): LocaleChoice[] {
  const tags = offered.includes(current) ? offered : [current, ...offered];
  return tags
    .map((tag) => ({ tag, name: nameOf(tag) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function nameOf(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    // A tag that this browser cannot read is shown as it is.
    return tag;
  }
}

type IntlWithValues = typeof Intl & { supportedValuesOf?: (key: "timeZone") => string[] };

export function timeZones(current: string): string[] {
  const known = (Intl as IntlWithValues).supportedValuesOf?.("timeZone") ?? [];
  return [...new Set([current, "UTC", ...known])].sort();
}
