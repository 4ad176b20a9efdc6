import type { TransactionState, TransactionType } from "../../api/model.ts";
import type { Account, Category } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useCategories } from "../../data/household.ts";
import { formatDate, isLocalDate } from "../../dates/LocalDate.ts";
import { Icon } from "../../ui/Icon.tsx";
import { type FilterName, type Filters, filterNames, showFilters } from "./filters.ts";
import { stateNames, typeNames } from "./labels.ts";

type Naming = {
  accounts: readonly Account[];
  categories: readonly Category[];
  locale: string;
};

function nameOf(list: readonly { id: string; name: string }[], id: string): string {
  return list.find((item) => item.id === id)?.name ?? "…";
}

function textOf(name: FilterName, value: string, naming: Naming): string {
  const day = () => (isLocalDate(value) ? formatDate(value, naming.locale) : value);
  switch (name) {
    case "account_id":
      return nameOf(naming.accounts, value);
    case "category_id":
      return nameOf(naming.categories, value);
    case "type":
      return typeNames[value as TransactionType] ?? value;
    case "state":
      return stateNames[value as TransactionState] ?? value;
    case "from":
      return `from ${day()}`;
    case "to":
      return `to ${day()}`;
    case "min_amount":
      return `at least ${value}`;
    case "max_amount":
      return `at most ${value}`;
    case "include_deleted":
      return "deleted too";
    default:
      return value;
  }
}

/** Each filter in use, as a button that takes it away. */
export function FilterChips({
  filters,
  accounts,
}: {
  filters: Filters;
  accounts: readonly Account[];
}) {
  const { locale } = useSession();
  const { value: categories = [] } = useCategories();
  const inUse = filterNames.filter((name) => name !== "sort" && name !== "q" && filters[name]);
  if (inUse.length === 0) return null;
  return (
    <ul className="chips" aria-label="Filters in use">
      {inUse.map((name) => {
        const text = textOf(name, filters[name] ?? "", { accounts, categories, locale });
        return (
          <li key={name}>
            <button
              type="button"
              className="chip"
              aria-label={`Remove filter ${text}`}
              onClick={() => showFilters({ ...filters, [name]: undefined })}
            >
              {text}
              <Icon name="close" size={10} />
            </button>
          </li>
        );
      })}
      <li>
        <button
          type="button"
          className="link-button"
          onClick={() => showFilters({ sort: filters.sort })}
        >
          Clear all
        </button>
      </li>
    </ul>
  );
}
