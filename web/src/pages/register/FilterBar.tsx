import { type RefObject, useEffect, useState } from "react";
import { transactions } from "../../api/endpoints.ts";
import type { Account } from "../../api/types.ts";
import { useResource } from "../../data/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { announceProblem } from "../../ui/toasts.ts";
import { messageOf } from "../../api/APIError.ts";
import { FilterChips } from "./FilterChips.tsx";
import { type Filters, filterNames, queryOf, showFilters } from "./filters.ts";
import { stateNames, typeNames } from "./labels.ts";

const pauseMilliseconds = 250;

type FilterBarProps = {
  filters: Filters;
  searchRef: RefObject<HTMLInputElement>;
  accounts: readonly Account[];
};

/** Search always in sight, the other filters one press away, those in use as chips. */
export function FilterBar({ filters, searchRef, accounts }: FilterBarProps) {
  const [isOpen, setOpen] = useState(false);
  const set = (change: Filters) => showFilters({ ...filters, ...change });
  const inUse = filterNames.filter((name) => !["q", "sort"].includes(name) && filters[name]);
  return (
    <section className="filters" aria-label="Filters">
      <div className="filter-line">
        <SearchBox filters={filters} searchRef={searchRef} />
        <AccountFilter filters={filters} accounts={accounts} set={set} />
        <Button icon="filter" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {inUse.length > 0 ? `Filters (${inUse.length})` : "Filters"}
        </Button>
        <ExportButton filters={filters} />
      </div>
      {isOpen && <MoreFilters filters={filters} set={set} />}
      <FilterChips filters={filters} accounts={accounts} />
    </section>
  );
}

function SearchBox({ filters, searchRef }: Pick<FilterBarProps, "filters" | "searchRef">) {
  const given = filters.q ?? "";
  const [text, setText] = useState(given);
  // A space typed at the end is not taken away while the next word is on its way.
  useEffect(() => setText((typed) => (typed.trim() === given ? typed : given)), [given]);
  useEffect(() => {
    if (text.trim() === given) return;
    const timer = setTimeout(
      () => showFilters({ ...filters, q: text.trim() || undefined }, { replace: true }),
      pauseMilliseconds,
    );
    return () => clearTimeout(timer);
  }, [text, given, filters]);
  return (
    <div className="search">
      <Icon name="search" size={14} />
      <input
        ref={searchRef}
        type="search"
        className="input"
        aria-label="Search payee, note and bank text"
        placeholder="Search payee, note, bank text"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </div>
  );
}

type FiltersProps = { filters: Filters; set: (change: Filters) => void };

function AccountFilter({
  filters,
  accounts,
  set,
}: FiltersProps & { accounts: readonly Account[] }) {
  return (
    <SelectField
      label="Account"
      isLabelHidden
      value={filters.account_id ?? ""}
      onChange={(id) => set({ account_id: id || undefined })}
    >
      <option value="">All accounts</option>
      {accounts.map((account) => (
        <option key={account.id} value={account.id}>
          {account.name}
        </option>
      ))}
    </SelectField>
  );
}

function MoreFilters({ filters, set }: FiltersProps) {
  return (
    <div className="filter-panel card">
      <Field label="Category">
        {(control) => (
          <CategoryPicker
            {...control}
            value={filters.category_id ?? null}
            onChange={(id) => set({ category_id: id })}
            placeholder="Any"
          />
        )}
      </Field>
      <ChoiceFilter name="type" label="Type" names={typeNames} filters={filters} set={set} />
      <ChoiceFilter name="state" label="State" names={stateNames} filters={filters} set={set} />
      <TagFilter filters={filters} set={set} />
      <TypedFilter name="from" label="From" type="date" filters={filters} set={set} />
      <TypedFilter name="to" label="To" type="date" filters={filters} set={set} />
      <TypedFilter name="min_amount" label="Amount from" type="text" filters={filters} set={set} />
      <TypedFilter name="max_amount" label="Amount to" type="text" filters={filters} set={set} />
      <label className="check-label">
        <input
          type="checkbox"
          checked={filters.include_deleted === "true"}
          onChange={(event) => set({ include_deleted: event.target.checked ? "true" : undefined })}
        />
        <span>Deleted too</span>
      </label>
    </div>
  );
}

type ChoiceFilterProps = FiltersProps & {
  name: "type" | "state";
  label: string;
  names: Record<string, string>;
};

function ChoiceFilter({ name, label, names, filters, set }: ChoiceFilterProps) {
  return (
    <SelectField
      label={label}
      value={filters[name] ?? ""}
      onChange={(value) => set({ [name]: value || undefined })}
    >
      <option value="">Any</option>
      {Object.entries(names).map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}

function TagFilter({ filters, set }: FiltersProps) {
  const { value: tags = [] } = useResource("tags", transactions.tags);
  return (
    <SelectField
      label="Tag"
      value={filters.tag ?? ""}
      onChange={(tag) => set({ tag: tag || undefined })}
    >
      <option value="">Any</option>
      {tags.map(({ name, count }) => (
        <option key={name} value={name}>
          {name} ({count})
        </option>
      ))}
    </SelectField>
  );
}

type TypedFilterProps = FiltersProps & {
  name: "from" | "to" | "min_amount" | "max_amount";
  label: string;
  type: "date" | "text";
};

/** Applied when the box is left or Enter is pressed, not with every digit. */
function TypedFilter({ name, label, type, filters, set }: TypedFilterProps) {
  const given = filters[name] ?? "";
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const apply = () => {
    const value = text.trim().replace(",", ".");
    const isAmount = /^\d+(\.\d{1,4})?$/.test(value);
    if (value === "" || type === "date" || isAmount) set({ [name]: value || undefined });
    else setText(given);
  };
  return (
    <TextField
      label={label}
      type={type}
      inputMode={type === "text" ? "decimal" : undefined}
      value={text}
      onChange={setText}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply();
      }}
    />
  );
}

/** The file comes through the client, since a plain link could not carry the token. */
function ExportButton({ filters }: { filters: Filters }) {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      saveFile(await transactions.exportCSV(queryOf(filters)), "transactions.csv");
    } catch (error) {
      announceProblem(messageOf(error));
    }
    setBusy(false);
  };
  return (
    <Button icon="download" kind="quiet" isBusy={isBusy} onClick={save}>
      CSV
    </Button>
  );
}
