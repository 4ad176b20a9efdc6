import { currencies } from "../api/endpoints.ts";
import { useResource } from "../data/resource.ts";
import { SelectField } from "./Field.tsx";

/** All currencies the server knows; the chosen one stands even before they are here. */
export function CurrencySelect({
  value,
  onChange,
  problem,
  label = "Currency",
  isDisabled,
}: {
  value: string;
  onChange: (code: string) => void;
  problem?: string;
  label?: string;
  isDisabled?: boolean;
}) {
  const { value: all } = useResource("currencies", currencies);
  const isKnown = all?.some(({ code }) => code === value);
  return (
    <SelectField
      label={label}
      value={value}
      onChange={onChange}
      problem={problem}
      disabled={isDisabled}
    >
      {!isKnown && <option value={value}>{value}</option>}
      {all?.map(({ code, name }) => (
        <option key={code} value={code}>
          {code} · {name}
        </option>
      ))}
    </SelectField>
  );
}
