import { decimal, isNegative, isZero, magnitude, type Money } from "./Money.ts";
import { minorDigits } from "./minorDigits.ts";

export type Sign = "auto" | "always" | "never";

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}

/** A currency the browser does not know is shown by its code, as plain text. */
function currencyFormat(locale: string, currency: string, whole: boolean): Intl.NumberFormat {
  const digits = whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
  const shared = { style: "currency", currency, ...digits } as const;
  return numberFormat(locale, { ...shared, currencyDisplay: "narrowSymbol" });
}

/** Whole part through BigInt and fraction digit by digit, so that nothing is rounded. */
function exactDigits(locale: string, size: string): { whole: string; fraction: string } {
  const [whole = "0", fraction = ""] = size.split(".");
  const grouped = numberFormat(locale, { maximumFractionDigits: 0 }).format(BigInt(whole));
  const digit = numberFormat(locale, { useGrouping: false, maximumFractionDigits: 0 });
  return { whole: grouped, fraction: [...fraction].map((d) => digit.format(BigInt(d))).join("") };
}

const signs: Record<"+" | "-", string> = { "+": "+", "-": "−" };

function signFor(amount: Money, sign: Sign): string {
  if (sign === "never" || isZero(amount)) return "";
  if (isNegative(amount)) return signs["-"];
  return sign === "always" ? signs["+"] : "";
}

/** "−1,234.50": no currency, for columns whose currency stands in the heading. */
export function formatPlain(amount: Money, locale: string, sign: Sign = "auto"): string {
  const { whole, fraction } = exactDigits(
    locale,
    decimal(magnitude(amount), minorDigits(amount.currency)),
  );
  const separator = decimalSeparator(locale);
  return signFor(amount, sign) + whole + (fraction ? separator + fraction : "");
}

/** "−€1,234.50": the locale's own order of symbol, digits and spaces. */
export function formatMoney(amount: Money, locale: string, sign: Sign = "auto"): string {
  const digits = formatPlain(magnitude(amount), locale, "never");
  return signFor(amount, sign) + withSymbol(digits, amount.currency, locale);
}

/** "€1,235" for headlines and axes: rounded half away from zero, for the eye only. */
export function formatRounded(amount: Money, locale: string, sign: Sign = "auto"): string {
  const units = (magnitude(amount).tenThousandths + 5_000n) / 10_000n;
  const digits = numberFormat(locale, { maximumFractionDigits: 0 }).format(units);
  const shown = units === 0n ? "" : signFor(amount, sign);
  return shown + withSymbol(digits, amount.currency, locale);
}

/**
 * "−1,235", "12.3K": for the cells of a calendar, where the whole amount stands in a label.
 * What has more digits than there is room for is written in thousands or millions.
 */
export function formatSmall(
  amount: Money,
  locale: string,
  sign: Sign = "auto",
  mostDigits = 4,
): string {
  const units = (magnitude(amount).tenThousandths + 5_000n) / 10_000n;
  const isLong = units.toString().length > mostDigits;
  const digits = numberFormat(
    locale,
    isLong ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: 0 },
  ).format(units);
  return (units === 0n ? "" : signFor(amount, sign)) + digits;
}

function withSymbol(digits: string, currency: string, locale: string): string {
  let parts: Intl.NumberFormatPart[];
  try {
    parts = currencyFormat(locale, currency, true).formatToParts(1n);
  } catch {
    return `${digits} ${currency}`;
  }
  return parts.map((part) => (part.type === "integer" ? digits : part.value)).join("");
}

export function decimalSeparator(locale: string): string {
  const parts = numberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(1);
  return parts.find((part) => part.type === "decimal")?.value ?? ".";
}

/** "+12.5%" from tenths of a percent. */
export function formatPerMille(perMille: bigint, locale: string): string {
  const size = perMille < 0n ? -perMille : perMille;
  const whole = numberFormat(locale, { maximumFractionDigits: 0 }).format(size / 10n);
  const mark = perMille === 0n ? "" : perMille < 0n ? signs["-"] : signs["+"];
  return `${mark}${whole}${decimalSeparator(locale)}${size % 10n}%`;
}

/** A server's percent string ("12.5") in the locale's writing. */
export function formatPercent(percent: string, locale: string): string {
  const [whole, fraction] = percent.replace("-", signs["-"]).split(".");
  return `${whole}${fraction ? decimalSeparator(locale) + fraction : ""}%`;
}
