import type { Household } from "../../api/types.ts";
import { SelectField } from "../../ui/Field.tsx";

type Weekday = Household["week_start"];

export const weekdayNames: Record<Weekday, string> = {
  monday: "Monday",
  tuesday: "Tuesday",
  wednesday: "Wednesday",
  thursday: "Thursday",
  friday: "Friday",
  saturday: "Saturday",
  sunday: "Sunday",
};

type WeekStartSelectProps = {
  value: Weekday;
  onChange: (day: Weekday) => void;
  problem?: string;
};

export function WeekStartSelect({ value, onChange, problem }: WeekStartSelectProps) {
  return (
    <SelectField
      label="Week begins on"
      value={value}
      onChange={(day) => onChange(day as Weekday)}
      problem={problem}
    >
      {Object.entries(weekdayNames).map(([day, name]) => (
        <option key={day} value={day}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
