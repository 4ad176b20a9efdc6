import { useState } from "react";
import type { Category } from "../api/types.ts";
import { categoryLines, useCategories } from "../data/household.ts";
import { Combobox, type Option } from "./Combobox.tsx";

type CategoryPickerProps = {
  id?: string;
  label?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  value: string | null;
  onChange: (categoryId: string) => void;
  kind?: Category["kind"];
  /** Categories that may not be chosen. */
  except?: ReadonlySet<string>;
  placeholder?: string;
  isFocusedAtFirst?: boolean;
  onLeave?: () => void;
};

/** Expense categories come first: most rows are expenses. */
function optionsFor(
  all: readonly Category[],
  props: CategoryPickerProps,
  search: string,
): Option[] {
  const kinds: Category["kind"][] = props.kind ? [props.kind] : ["expense", "income"];
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return kinds
    .flatMap((kind) => categoryLines(all, kind))
    .filter(({ category, path }) => {
      const name = path.toLocaleLowerCase();
      return !props.except?.has(category.id) && words.every((word) => name.includes(word));
    })
    .map(({ category, depth, path }) => ({
      value: category.id,
      label: words.length > 0 ? path : category.name,
      depth: words.length > 0 ? 0 : depth,
      detail: category.kind === "income" && !props.kind ? "income" : undefined,
    }));
}

/** Finds a category by any part of its name or of its parents' names. */
export function CategoryPicker(props: CategoryPickerProps) {
  const { value: all = [] } = useCategories();
  const [search, setSearch] = useState<string | null>(null);
  const chosen = all.find(({ id }) => id === props.value)?.name ?? "";
  return (
    <Combobox
      id={props.id}
      label={props.label}
      aria-describedby={props["aria-describedby"]}
      aria-invalid={props["aria-invalid"]}
      text={search ?? chosen}
      onText={setSearch}
      options={optionsFor(all, props, search ?? "")}
      onPick={(option) => {
        setSearch(null);
        props.onChange(option.value);
      }}
      onLeave={() => {
        setSearch(null);
        props.onLeave?.();
      }}
      placeholder={props.placeholder ?? "Category"}
      emptyText="No category of that name"
      isFocusedAtFirst={props.isFocusedAtFirst}
    />
  );
}
