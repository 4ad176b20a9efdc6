import { useState } from "react";
import { useSession } from "../../app/session.ts";
import { Card } from "../../ui/Card.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { useNoticePreferences } from "./useNoticePreferences.ts";
import { weekdayNames } from "./WeekStartSelect.tsx";
import type { NoticePreferences } from "../../api/types.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const usualNight = { quiet_from: "22:00", quiet_to: "07:00" };
const noNight = { quiet_from: null, quiet_to: null };

/** "07:00" or "7:00 AM", as the person writes it. */
function hourName(hour: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  return format.format(new Date(hour * 3_600_000));
}

type Times = Pick<NoticePreferences, "digest_hour" | "digest_weekday" | "quiet_from" | "quiet_to">;
type TimesProps = {
  times: Times;
  onChange: (change: Partial<Times>) => void;
  problems: Record<string, string>;
};

/** When letters come, and when none does. */
export function NoticeTimesCard({ preferences }: { preferences: NoticePreferences }) {
  const { digest_hour, digest_weekday, quiet_from, quiet_to } = preferences;
  const [times, setTimes] = useState<Times>({ digest_hour, digest_weekday, quiet_from, quiet_to });
  const { isBusy, fields, save } = useNoticePreferences(preferences);
  const change = (part: Partial<Times>) => setTimes({ ...times, ...part });
  return (
    <Card
      title="When letters come"
      lead={`By the clock of ${preferences.time_zone.replaceAll("_", " ")}, as in your profile.`}
    >
      <Form verb="Save" onSubmit={() => save(times)} isBusy={isBusy}>
        <DigestFields times={times} onChange={change} problems={fields} />
        <QuietFields times={times} onChange={change} problems={fields} />
      </Form>
    </Card>
  );
}

function DigestFields({ times, onChange, problems }: TimesProps) {
  const { locale } = useSession();
  return (
    <div className="field-pair">
      <SelectField
        label="Daily and weekly letters at"
        value={String(times.digest_hour)}
        onChange={(hour) => onChange({ digest_hour: Number(hour) })}
        problem={problems["digest_hour"]}
      >
        {hours.map((hour) => (
          <option key={hour} value={hour}>
            {hourName(hour, locale)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Weekly ones on"
        value={times.digest_weekday}
        onChange={(day) => onChange({ digest_weekday: day as Times["digest_weekday"] })}
        problem={problems["digest_weekday"]}
      >
        {Object.entries(weekdayNames).map(([day, name]) => (
          <option key={day} value={day}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** Both ends or none; an end that was emptied is for the server to refuse. */
function QuietFields({ times, onChange, problems }: TimesProps) {
  const { quiet_from: from, quiet_to: to } = times;
  const isQuiet = from !== null;
  return (
    <>
      <label className="check-label">
        <input
          type="checkbox"
          checked={isQuiet}
          onChange={(event) => onChange(event.target.checked ? usualNight : noNight)}
        />
        <span>Letters wait until quiet hours are over</span>
      </label>
      {isQuiet && (
        <div className="field-pair">
          <TextField
            label="Quiet from"
            type="time"
            value={from}
            onChange={(time) => onChange({ quiet_from: time })}
            problem={problems["quiet_from"]}
            required
          />
          <TextField
            label="Quiet until"
            type="time"
            value={to ?? ""}
            onChange={(time) => onChange({ quiet_to: time })}
            problem={problems["quiet_to"]}
            required
          />
        </div>
      )}
    </>
  );
}
