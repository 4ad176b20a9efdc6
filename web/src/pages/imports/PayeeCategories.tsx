import { imports } from "../../api/endpoints.ts";
import type { Import, ImportRow } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { add, type Money, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import type { Change } from "./ImportPreview.tsx";

const rowsPerRequest = 500;
const mostRequests = 2;

export type PayeeGroup = {
  payee: string;
  count: number;
  total: Money;
  /** The category of all its rows; null when they differ. */
  categoryId: string | null;
};

/** Payees with the most rows first: one choice then settles the most. */
export function groupByPayee(rows: readonly ImportRow[]): PayeeGroup[] {
  const groups = new Map<string, PayeeGroup>();
  for (const { payee, amount, currency, category_id: categoryId } of rows) {
    if (!payee || !amount || !currency) continue;
    const key = `${payee} ${currency}`;
    const group = groups.get(key);
    const value = money(amount, currency);
    if (!group) {
      groups.set(key, { payee, count: 1, total: value, categoryId });
      continue;
    }
    group.count += 1;
    group.total = add(group.total, value);
    if (group.categoryId !== categoryId) group.categoryId = null;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || a.payee.localeCompare(b.payee));
}

async function newRows(id: string): Promise<{ rows: ImportRow[]; total: number }> {
  const rows: ImportRow[] = [];
  for (let page = 1; page <= mostRequests; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each page says whether there is a next one
    const answer = await imports.rows(id, { state: "new", page, limit: rowsPerRequest });
    rows.push(...answer.data);
    if (page >= (answer.pagination.total_pages ?? 1)) break;
  }
  return { rows, total: rows.length };
}

/** One line a payee, to categorise all of a shop's rows in one go. */
export function PayeeCategories({ batch, onChange }: { batch: Import; onChange: Change }) {
  const { locale } = useSession();
  const { value, error } = useResource(`import payees ${batch.id}`, () => newRows(batch.id));
  if (error && !value) return <ProblemNote error={error} />;
  if (!value) return <Loading rows={8} />;
  return (
    <div className="card table-card">
      <table className="table payee-table">
        <thead>
          <tr>
            <th scope="col">Payee</th>
            <th scope="col" className="right">
              Rows
            </th>
            <th scope="col" className="right">
              Total
            </th>
            <th scope="col">Category for all</th>
          </tr>
        </thead>
        <tbody>
          {groupByPayee(value.rows).map((group) => (
            <PayeeLine
              key={`${group.payee} ${group.total.currency}`}
              group={group}
              onChange={onChange}
            />
          ))}
        </tbody>
      </table>
      {value.total < batch.new && (
        <p className="table-empty">
          Payees of the first {value.total.toLocaleString(locale)} new rows. A choice here is for
          all rows of that payee.
        </p>
      )}
    </div>
  );
}

function PayeeLine({ group, onChange }: { group: PayeeGroup; onChange: Change }) {
  const { payee, count, total, categoryId } = group;
  return (
    <tr>
      <td>{payee}</td>
      <td className="right">{count}</td>
      <td className="right">
        <AmountText amount={total} sign="always" isTinted />
      </td>
      <td className="cell-category">
        <CategoryPicker
          label={`Category for ${payee}`}
          value={categoryId}
          placeholder="Several"
          onChange={(id) => void onChange({ categorise: [{ payee, category_id: id }] })}
        />
      </td>
    </tr>
  );
}
