import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { counted } from "../../ui/counted.ts";
import { Link } from "../../ui/Link.tsx";

/** Under the title: the account's balance, or how many rows there are. */
export function RegisterTitle({
  account,
  total,
}: {
  account: Account | undefined;
  total: number | null;
}) {
  const { locale } = useSession();
  const count = total === null ? "" : counted(total, "transaction", locale);
  if (!account) return <>{count}</>;
  return (
    <>
      <Link to={`/accounts/${account.id}`}>
        <AmountText amount={money(account.balance, account.currency)} /> today
      </Link>
      {count && ` · ${count}`}
    </>
  );
}
