import { type FormEvent, useState } from "react";
import { households } from "../../api/identity.ts";
import type { Household } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { roleMeanings } from "../../data/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../../ui/Field.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { WeekStartSelect, weekdayNames } from "./WeekStartSelect.tsx";

export function HouseholdCard() {
  const { household, isOwner } = useSession();
  return (
    <Card title={household.name} lead={`${roleMeanings[household.role]} You are one.`}>
      {isOwner ? <HouseholdForm /> : <HouseholdFacts />}
    </Card>
  );
}

function HouseholdFacts() {
  const { household } = useSession();
  return (
    <dl className="profile">
      <div>
        <dt>Currency</dt>
        <dd>{household.currency}</dd>
      </div>
      <div>
        <dt>Week begins on</dt>
        <dd>{weekdayNames[household.week_start]}</dd>
      </div>
    </dl>
  );
}

function HouseholdForm() {
  const { household } = useSession();
  const [name, setName] = useState(household.name);
  const [weekStart, setWeekStart] = useState<Household["week_start"]>(household.week_start);
  const { isBusy, fields, run } = useAction();
  const save = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await households.update({ name: name.trim(), week_start: weekStart });
      announce("The household is saved.");
    });
  };
  return (
    <form className="form" onSubmit={save} noValidate>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        problem={fields["name"]}
        maxLength={120}
        required
      />
      <div className="field-pair">
        <WeekStartSelect value={weekStart} onChange={setWeekStart} problem={fields["week_start"]} />
        <TextField
          label="Currency"
          hint="Stays as it was at the start."
          value={household.currency}
          onChange={() => {}}
          disabled
        />
      </div>
      <div className="form-actions">
        <Button type="submit" kind="primary" isBusy={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}
