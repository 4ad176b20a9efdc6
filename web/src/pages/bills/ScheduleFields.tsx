import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import type { PartProps } from "./BillDialog.tsx";
import {
  type End,
  hasWorkingDay,
  type MonthEnd,
  type ScheduleDraft,
  startingOn,
  type Unit,
  type Way,
  type Weekday,
  weekdays,
  type Holidays,
  type WorkingDays,
} from "./schedule.ts";
import {
  holidayNames,
  isLong,
  monthNames,
  ordinalNumber,
  ordinals,
  scheduleWords,
  workingDayNames,
} from "./scheduleWords.ts";

type ScheduleProps = {
  schedule: ScheduleDraft;
  set: (part: Partial<ScheduleDraft>) => void;
  problems: Record<string, string>;
};

/** When it comes, in plain words: "every month on the last working day". */
export function ScheduleFields({ draft, onChange, problems }: PartProps) {
  const { locale } = useSession();
  const { schedule } = draft;
  const set = (part: Partial<ScheduleDraft>) =>
    onChange({ schedule: { ...schedule, ownRule: null, ...part } });
  const keep = (part: Partial<ScheduleDraft>) => onChange({ schedule: { ...schedule, ...part } });
  const words = scheduleWords(schedule, locale);
  return (
    <fieldset className="schedule">
      <legend>When</legend>
      {schedule.ownRule === null ? (
        <Rhythm schedule={schedule} set={set} problems={problems} />
      ) : (
        <OwnRule rule={schedule.ownRule} onReplace={() => set({})} />
      )}
      <div className="schedule-row">
        <TextField
          label={schedule.unit === "once" ? "On" : "First from"}
          type="date"
          value={schedule.start}
          onChange={(start) => onChange({ schedule: startingOn(schedule, start) })}
          problem={problems["start_on"]}
          required
        />
        {schedule.unit !== "once" && (
          <EndFields schedule={schedule} set={keep} problems={problems} />
        )}
        {!isDaily(schedule) && <DayOffFields schedule={schedule} set={keep} problems={problems} />}
      </div>
      {problems["repeat"] && <p className="field-problem">{problems["repeat"]}</p>}
      {words && (
        <p className="schedule-words" aria-live="polite">
          {words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)}.
        </p>
      )}
    </fieldset>
  );
}

function isDaily({ unit, ownRule }: ScheduleDraft): boolean {
  return unit === "day" && ownRule === null;
}

function OwnRule({ rule, onReplace }: { rule: string; onReplace: () => void }) {
  return (
    <div className="schedule-own">
      <p>
        This bill follows a rule of its own: <code>{rule}</code>
      </p>
      <Button onClick={onReplace}>Make another</Button>
    </div>
  );
}

const units: readonly [Unit, one: string, many: string][] = [
  ["once", "once", "once"],
  ["day", "day", "days"],
  ["week", "week", "weeks"],
  ["month", "month", "months"],
  ["year", "year", "years"],
];

function Rhythm(props: ScheduleProps) {
  const { schedule, set, problems } = props;
  const { unit, every } = schedule;
  const isMany = Number(every) > 1;
  return (
    <div className="schedule-row">
      {unit !== "once" && (
        <TextField
          label="Every"
          className="schedule-number"
          inputMode="numeric"
          maxLength={3}
          value={every}
          onChange={(text) => set({ every: text })}
          problem={problems["every"]}
        />
      )}
      <SelectField
        label={unit === "once" ? "Repeats" : "Unit"}
        value={unit}
        onChange={(value) => set({ unit: value as Unit })}
      >
        {units.map(([value, one, many]) => (
          <option key={value} value={value}>
            {value === "once" ? "Only once" : isMany ? many : one}
          </option>
        ))}
      </SelectField>
      {unit === "week" && <WeekdayBoxes {...props} />}
      {(unit === "month" || unit === "year") && <MonthDay {...props} />}
    </div>
  );
}

function WeekdayBoxes({ schedule, set, problems }: ScheduleProps) {
  const toggle = (code: Weekday) =>
    set({
      weekdays: schedule.weekdays.includes(code)
        ? schedule.weekdays.filter((other) => other !== code)
        : [...schedule.weekdays, code],
    });
  return (
    <fieldset className="field schedule-weekdays">
      <legend className="field-label">On</legend>
      <div className="weekday-boxes">
        {weekdays.map(([code, name]) => (
          <button
            key={code}
            type="button"
            className="segment"
            aria-pressed={schedule.weekdays.includes(code)}
            aria-label={name}
            onClick={() => toggle(code)}
          >
            {name.slice(0, 2)}
          </button>
        ))}
      </div>
      {problems["weekdays"] && <p className="field-problem">{problems["weekdays"]}</p>}
    </fieldset>
  );
}

const ways: readonly [Way, string][] = [
  ["day", "the day"],
  ["last", "the last day"],
  ["first_working", "the first working day"],
  ["last_working", "the last working day"],
  ["weekday", "a weekday"],
];

function MonthDay(props: ScheduleProps) {
  const { schedule, set } = props;
  const { unit, way, day, month } = schedule;
  return (
    <>
      <SelectField label="On" value={way} onChange={(value) => set({ way: value as Way })}>
        {ways.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      {way === "day" && (
        <SelectField
          label="Day"
          value={String(day)}
          onChange={(value) => set({ day: Number(value) })}
        >
          {Array.from({ length: 31 }, (_, index) => (
            <option key={index} value={index + 1}>
              {ordinalNumber(index + 1)}
            </option>
          ))}
        </SelectField>
      )}
      {way === "weekday" && <NthWeekday {...props} />}
      {unit === "year" && (
        <SelectField
          label="Of"
          value={String(month)}
          onChange={(value) => set({ month: Number(value) })}
        >
          {monthNames.map((name, index) => (
            <option key={name} value={index + 1}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}

function NthWeekday({ schedule, set }: ScheduleProps) {
  return (
    <>
      <SelectField
        label="Which"
        value={String(schedule.ordinal)}
        onChange={(value) => set({ ordinal: Number(value) })}
      >
        {ordinals.map(([number, name]) => (
          <option key={number} value={number}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Weekday"
        value={schedule.weekday}
        onChange={(value) => set({ weekday: value as Weekday })}
      >
        {weekdays.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

function EndFields({ schedule, set, problems }: ScheduleProps) {
  return (
    <>
      <SelectField
        label="Ends"
        value={schedule.end}
        onChange={(value) => set({ end: value as End })}
      >
        <option value="never">never</option>
        <option value="on">on a day</option>
        <option value="after">after some times</option>
      </SelectField>
      {schedule.end === "on" && (
        <TextField
          label="Last day"
          type="date"
          value={schedule.until}
          onChange={(until) => set({ until })}
          problem={problems["end_on"]}
        />
      )}
      {schedule.end === "after" && (
        <TextField
          label="Times"
          className="schedule-number"
          inputMode="numeric"
          maxLength={4}
          value={schedule.count}
          onChange={(count) => set({ count })}
          problem={problems["count"]}
        />
      )}
    </>
  );
}

/** What becomes of it on weekends and holidays, and of the 31st in a shorter month. */
function DayOffFields({ schedule, set, problems }: ScheduleProps) {
  const isWay = hasWorkingDay(schedule);
  const moves = schedule.workingDays !== "none";
  return (
    <>
      {!isWay && (
        <SelectField
          label="On a weekend or holiday"
          value={schedule.workingDays}
          onChange={(value) => set({ workingDays: value as WorkingDays })}
          problem={problems["working_days"]}
        >
          {Object.entries(workingDayNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {(isWay || moves) && (
        <SelectField
          label="Public holidays of"
          value={schedule.holidays}
          onChange={(value) => set({ holidays: value as Holidays })}
          problem={problems["holidays"]}
        >
          {Object.entries(holidayNames).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {isLong(schedule) && (
        <SelectField
          label="In a shorter month"
          value={schedule.monthEnd}
          onChange={(value) => set({ monthEnd: value as MonthEnd })}
          problem={problems["month_end"]}
        >
          <option value="last_day">On its last day</option>
          <option value="skip">Not at all</option>
        </SelectField>
      )}
    </>
  );
}
