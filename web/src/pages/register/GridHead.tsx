import { transactions } from "../../api/endpoints.ts";
import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useAction } from "../../ui/useAction.ts";
import { type Filters, queryOf, showFilters } from "./filters.ts";
import type { Register } from "./useRegister.ts";

export const mostChosen = 1000;

/** Column titles; three of them set the order. */
export function GridHead({
  filters,
  register,
  account,
}: {
  filters: Filters;
  register: Register;
  account: Account | undefined;
}) {
  const { household } = useSession();
  const currency = account?.currency ?? household.currency;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row-head">
        <div role="columnheader" className="grid-check">
          <ChooseAll filters={filters} register={register} />
        </div>
        <SortHead name="date" label="Date" filters={filters} isDownFirst />
        <SortHead name="payee" label="Payee" filters={filters} />
        <div role="columnheader">Category</div>
        {!account && <div role="columnheader">Account</div>}
        <div role="columnheader">
          <span className="visually-hidden">State</span>
        </div>
        <SortHead
          name="amount"
          label={`Amount, ${currency}`}
          filters={filters}
          isDownFirst
          isRight
        />
      </div>
    </div>
  );
}

type SortHeadProps = {
  name: string;
  label: string;
  filters: Filters;
  isDownFirst?: boolean;
  isRight?: boolean;
};

function SortHead({ name, label, filters, isDownFirst, isRight }: SortHeadProps) {
  const sort = filters.sort ?? "-date";
  const direction = sort === name ? "ascending" : sort === `-${name}` ? "descending" : "none";
  const first = isDownFirst ? `-${name}` : name;
  const second = isDownFirst ? name : `-${name}`;
  const next = sort === first ? second : first;
  return (
    <div role="columnheader" aria-sort={direction} className={isRight ? "right" : undefined}>
      <button
        type="button"
        className="sort-button"
        onClick={() => showFilters({ ...filters, sort: next === "-date" ? undefined : next })}
      >
        {label}
        {direction !== "none" && (
          <Icon name={direction === "ascending" ? "up" : "down"} size={11} />
        )}
      </button>
    </div>
  );
}

/** All that match, up to what one bulk change may take. */
function ChooseAll({ filters, register }: { filters: Filters; register: Register }) {
  const { isBusy, run } = useAction();
  const total = register.rows.total ?? 0;
  const isAll = total > 0 && register.selection.size === total;
  const choose = () =>
    run(async () => {
      if (isAll) return register.choose([]);
      const pages = [1, 2].slice(0, Math.ceil(Math.min(total, mostChosen) / 500));
      const lists = await Promise.all(
        pages.map((page) => transactions.list({ ...queryOf(filters), page, limit: 500 })),
      );
      register.choose(lists.flatMap(({ data }) => data));
    });
  const isTooMany = total > mostChosen;
  const label = isTooMany ? `Choose the first ${mostChosen}` : "Choose all that match";
  return (
    <input
      type="checkbox"
      aria-label={label}
      title={label}
      checked={isAll}
      disabled={isBusy || total === 0}
      onChange={() => void choose()}
    />
  );
}
