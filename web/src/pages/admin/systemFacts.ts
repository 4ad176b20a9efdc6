export type Fact = { name: string; value: string };
export type FactGroup = { title: string; facts: Fact[] };

function titled(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown, locale: string): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return value.toLocaleString(locale);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What stands alone comes first, what the server put together stays together. */
export function factGroups(system: Record<string, unknown>, locale: string): FactGroup[] {
  const alone: Fact[] = [];
  const groups: FactGroup[] = [];
  for (const [key, value] of Object.entries(system)) {
    if (key === "uptime_seconds") continue;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      alone.push({ name: titled(key), value: textOf(value, locale) });
      continue;
    }
    const facts = Object.entries(value).map(([name, part]) => ({
      name: titled(name),
      value: textOf(part, locale),
    }));
    groups.push({ title: titled(key), facts });
  }
  return alone.length > 0 ? [{ title: "Server", facts: alone }, ...groups] : groups;
}

const units: readonly [string, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function uptime(seconds: number, locale: string): string {
  const [unit, length] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
  const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  return format.format(Math.floor(seconds / length));
}
