const euroLands =
  "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC ME SM VA XK".split(" ");

const byRegion: Record<string, string> = {
  AU: "AUD",
  BR: "BRL",
  CA: "CAD",
  CH: "CHF",
  CN: "CNY",
  CZ: "CZK",
  DK: "DKK",
  GB: "GBP",
  HU: "HUF",
  IN: "INR",
  JP: "JPY",
  KR: "KRW",
  KW: "KWD",
  MX: "MXN",
  NO: "NOK",
  NZ: "NZD",
  PL: "PLN",
  RO: "RON",
  SE: "SEK",
  TR: "TRY",
  UA: "UAH",
  US: "USD",
  ZA: "ZAR",
};

/** A first suggestion from the browser's language; the person chooses. */
export function guessedCurrency(language: string): string {
  let region: string | undefined;
  try {
    region = new Intl.Locale(language).maximize().region;
  } catch {
    // A malformed language tag suggests nothing.
  }
  if (region && euroLands.includes(region)) return "EUR";
  return (region && byRegion[region]) ?? "EUR";
}
