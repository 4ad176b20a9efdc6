import { useState } from "react";
import { households as endpoint } from "../../api/identity.ts";
import type { HouseholdCard } from "../../api/people.ts";
import type { GrantedHousehold, Household } from "../../api/types.ts";
import { openHousehold } from "../../app/chosenHousehold.ts";
import { navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { roleNames } from "../../data/roles.ts";
import { formatInstant } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { CurrencySelect } from "../../ui/CurrencySelect.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { WeekStartSelect } from "./WeekStartSelect.tsx";

function open(id: string): void {
  navigate("/");
  openHousehold(id);
}

/** The other books of this person: a flat share, a club, one's parents. */
export function HouseholdsCard() {
  const { households, grants } = useSession();
  const [isCreating, setCreating] = useState(false);
  return (
    <Card
      title="Your households"
      lead="Books that are kept apart, each with its own members."
      actions={
        <Button icon="plus" onClick={() => setCreating(true)}>
          New household
        </Button>
      }
    >
      <ul className="lines">
        {households.map((household) => (
          <HouseholdLine
            key={household.id}
            household={household}
            isOnly={households.length === 1}
          />
        ))}
        {grants.map((grant) => (
          <GrantedLine key={grant.household.id} grant={grant} />
        ))}
      </ul>
      {isCreating && <NewHouseholdDialog onClose={() => setCreating(false)} />}
    </Card>
  );
}

function HouseholdLine({ household, isOnly }: { household: HouseholdCard; isOnly: boolean }) {
  const { household: shown } = useSession();
  const { isBusy, run } = useAction();
  const { id, name, is_default: isDefault } = household;
  const makeDefault = () =>
    run(async () => {
      await endpoint.makeDefault(id);
      announce(`${name} opens first from now on.`);
    });
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">
          {name} {isDefault && !isOnly && <span className="badge">Opens first</span>}
        </span>
        <span className="muted">
          {roleNames[household.role]} · {household.currency}
        </span>
      </div>
      {isDefault === false && (
        <Button kind="quiet" isBusy={isBusy} onClick={makeDefault}>
          Open first
        </Button>
      )}
      {id === shown.id ? (
        <span className="badge badge-committed">In view</span>
      ) : (
        <Button onClick={() => open(id)}>Open</Button>
      )}
    </li>
  );
}

/** Books of others, who let this person look for a while. */
function GrantedLine({ grant: { household, expires_at: until } }: { grant: GrantedHousehold }) {
  const { household: shown, locale, user } = useSession();
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">{household.name}</span>
        <span className="muted">
          Lets you look until {formatInstant(until, { locale, timeZone: user.time_zone })}
        </span>
      </div>
      {household.id === shown.id ? (
        <span className="badge badge-committed">In view</span>
      ) : (
        <Button onClick={() => open(household.id)}>Open</Button>
      )}
    </li>
  );
}

function NewHouseholdDialog({ onClose }: { onClose: () => void }) {
  const { household } = useSession();
  const [name, setName] = useState("");
  const [currency, setCurrency] = useState(household.currency);
  const [weekStart, setWeekStart] = useState<Household["week_start"]>(household.week_start);
  const { isBusy, fields, run } = useAction();
  const create = async () => {
    let id = "";
    const done = await run(async () => {
      const body = { name: name.trim(), currency, week_start: weekStart };
      ({ id } = await endpoint.create(body));
      announce(`${body.name} is ready.`);
    });
    if (done) open(id);
  };
  return (
    <Dialog title="New household" onClose={onClose}>
      <Form
        verb="Create"
        onSubmit={create}
        isBusy={isBusy}
        isReady={name.trim() !== ""}
        onCancel={onClose}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          problem={fields["name"]}
          maxLength={120}
          required
        />
        <div className="field-pair">
          <CurrencySelect value={currency} onChange={setCurrency} problem={fields["currency"]} />
          <WeekStartSelect
            value={weekStart}
            onChange={setWeekStart}
            problem={fields["week_start"]}
          />
        </div>
      </Form>
    </Dialog>
  );
}
