import type { Import, ImportStatement } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { compare, money } from "../../money/Money.ts";
import { AccountChoice } from "./AccountChoice.tsx";
import type { Change } from "./ImportPreview.tsx";

/** Which account each statement of the file belongs to. */
export function StatementAccounts({ batch, onChange }: { batch: Import; onChange: Change }) {
  if (batch.statements.length <= 1) {
    const statement = batch.statements[0];
    return (
      <section className="card stack" aria-label="Account">
        <AccountChoice
          value={statement?.account_id ?? batch.account_id}
          onChange={(accountId) => void onChange({ account_id: accountId })}
        />
        {statement && <LedgerBalance statement={statement} />}
      </section>
    );
  }
  return (
    <section className="card stack" aria-label="Accounts">
      <h2>This file holds {batch.statements.length} statements</h2>
      {batch.statements.map((statement) => (
        <div key={statement.index} className="statement">
          <AccountChoice
            label={titleOf(statement)}
            value={statement.account_id}
            onChange={(accountId) =>
              void onChange({
                statement_accounts: [{ index: statement.index, account_id: accountId }],
              })
            }
          />
          <LedgerBalance statement={statement} />
        </div>
      ))}
    </section>
  );
}

function titleOf({ bank_account, kind, currency, rows }: ImportStatement): string {
  const name = [kind, bank_account].filter(Boolean).join(" ") || "Statement";
  return `${name}${currency ? `, ${currency}` : ""}, ${rows} rows`;
}

/** The bank's own balance beside ours, so that a gap is seen before accepting. */
function LedgerBalance({ statement }: { statement: ImportStatement }) {
  const { locale } = useSession();
  const { ledger_balance: theirs, our_balance_after: ours, ledger_balance_date: date } = statement;
  if (!theirs || !statement.currency) return null;
  const bank = money(theirs, statement.currency);
  const own = ours ? money(ours, statement.currency) : null;
  const day = date ? ` on ${formatDate(date, locale)}` : "";
  const verdict = own === null ? "" : compare(bank, own) === 0 ? "They agree." : "They differ.";
  return (
    <p className="muted">
      The bank says {formatMoney(bank, locale)}
      {day}
      {own && `, your books would say ${formatMoney(own, locale)}`}. {verdict}
    </p>
  );
}
