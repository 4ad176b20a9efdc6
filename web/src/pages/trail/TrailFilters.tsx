import { type ReactNode, useEffect, useState } from "react";
import { Icon } from "../../ui/Icon.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";

export type TrailFilter = {
  q?: string;
  from?: string;
  to?: string;
  entity?: string;
  actor_id?: string;
};

const pauseMilliseconds = 300;

type TrailFiltersProps = {
  filter: TrailFilter;
  onChange: (filter: TrailFilter) => void;
  entities: readonly { value: string; label: string }[];
  children?: ReactNode;
};

export function TrailFilters({ filter, onChange, entities, children }: TrailFiltersProps) {
  const set = (change: TrailFilter) => onChange({ ...filter, ...change });
  return (
    <section className="trail-filters" aria-label="Filters">
      <SearchBox value={filter.q ?? ""} label="Search" onChange={(q) => set({ q })} />
      <SelectField label="About" value={filter.entity ?? ""} onChange={(entity) => set({ entity })}>
        <option value="">Anything</option>
        {entities.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {children}
      <TextField
        label="From"
        type="date"
        value={filter.from ?? ""}
        onChange={(from) => set({ from })}
      />
      <TextField label="To" type="date" value={filter.to ?? ""} onChange={(to) => set({ to })} />
    </section>
  );
}

type SearchBoxProps = { value: string; label: string; onChange: (text: string) => void };

/** Asks when the typing pauses. */
export function SearchBox({ value, label, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="search">
      <Icon name="search" size={14} />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
