import { decimal, type Money, money } from "./Money.ts";
import { decimalSeparator } from "./format.ts";
import { minorDigits } from "./minorDigits.ts";

/** Why a typed amount was refused, as text for the person who typed it. */
export type AmountProblem = { problem: string };

/**
 * Reads what a person types, exactly: "1,234.50", "1.234,50", "12,3", "−5", "10+2.50".
 * A lone separator is a decimal one, unless exactly three digits follow it and the locale
 * groups by it. An amount that is kept as the bank wrote it may have up to four decimals.
 */
export function parseAmount(
  text: string,
  currency: string,
  locale: string,
  isKept = false,
): Money | AmountProblem {
  const compact = text.replace(/[\s'’_]/g, "").replaceAll("−", "-");
  if (compact === "") return { problem: "Enter an amount" };
  const terms = compact.match(/[+-]?[\d.,]+/g);
  if (!terms || terms.join("") !== compact) {
    return { problem: "Use digits only, such as 12.50" };
  }
  let total = 0n;
  for (const term of terms) {
    const normal = normalised(term, decimalSeparator(locale));
    if (normal === null) return { problem: "Use one decimal mark, such as 12.50" };
    total += money(normal, currency).tenThousandths;
  }
  return withinLimits({ tenThousandths: total, currency }, isKept ? 4 : minorDigits(currency));
}

function withinLimits(amount: Money, digits: number): Money | AmountProblem {
  const written = decimal(amount, digits).split(".")[1] ?? "";
  if (written.length > digits) {
    const limit = digits === 0 ? "no decimals" : `at most ${digits} decimals`;
    return { problem: `${amount.currency} has ${limit}` };
  }
  const largest = 10n ** 18n;
  if (amount.tenThousandths >= largest || amount.tenThousandths <= -largest) {
    return { problem: "That is more than the books can hold" };
  }
  return amount;
}

/** A term with a point for its decimal mark and no other marks; null if it has no reading. */
function normalised(term: string, localeMark: string): string | null {
  const marks = term.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (!last) return term;
  const [whole = "", fraction = ""] = splitAtLast(term, last);
  const isMixed = marks.some((mark) => mark !== last);
  const isGroup = marks.length > 1 || (fraction.length === 3 && last !== localeMark);
  if (!isMixed && isGroup) return isGrouped(term) ? term.replace(/[.,]/g, "") : null;
  if (isMixed && !isGrouped(whole)) return null;
  const digits = `${whole.replace(/[.,]/g, "")}.${fraction}`;
  const padded = digits.replace(/^([+-]?)\./, "$10.").replace(/\.$/, "");
  return /^[+-]?\d+(\.\d{1,4})?$/.test(padded) ? padded : null;
}

/** Groups of three, or of two as in India, the last of three; one mark throughout. */
function isGrouped(digits: string): boolean {
  return /^[+-]?\d{1,3}([.,])(\d{2,3}\1)*\d{3}$/.test(digits);
}

function splitAtLast(text: string, mark: string): string[] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

export function isProblem(result: Money | AmountProblem): result is AmountProblem {
  return "problem" in result;
}
