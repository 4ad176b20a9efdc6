import { useSession } from "../app/session.ts";
import { formatMoney, formatPlain, type Sign } from "../money/format.ts";
import { isNegative, isZero, type Money } from "../money/Money.ts";

/**
 * An amount in tabular figures. The sign is always written, so that colour only repeats it;
 * income is tinted, expenses are plain ink, since most rows are expenses.
 */
export function AmountText({
  amount,
  sign = "auto",
  hasSymbol = true,
  isTinted = false,
}: {
  amount: Money;
  sign?: Sign;
  hasSymbol?: boolean;
  isTinted?: boolean;
}) {
  const { locale } = useSession();
  const text = hasSymbol ? formatMoney(amount, locale, sign) : formatPlain(amount, locale, sign);
  const tint = isTinted && !isZero(amount) ? (isNegative(amount) ? "" : " amount-in") : "";
  return <span className={`amount${tint}`}>{text}</span>;
}
