import { useState } from "react";
import { households } from "../../api/identity.ts";
import type { Household } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { roleMeanings } from "../../data/roles.ts";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
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
  const save = () =>
    run(async () => {
      await households.update({ name: name.trim(), week_start: weekStart });
      announce("The household is saved.");
    });
  return (
    <Form verb="Save" onSubmit={save} isBusy={isBusy}>
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
    </Form>
  );
}
