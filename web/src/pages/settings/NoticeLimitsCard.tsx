import { useState } from "react";
import { useSession } from "../../app/session.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, isNegative, isZero, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { useNoticePreferences } from "./useNoticePreferences.ts";
import type { LargeAmount, NoticePreferences } from "../../api/types.ts";

type Amounts = Record<string, string>;

function written(limits: readonly LargeAmount[], locale: string): Amounts {
  const texts = limits.map(({ household_id, amount, currency }) => [
    household_id,
    formatPlain(money(amount, currency), locale),
  ]);
  return Object.fromEntries(texts) as Amounts;
}

/** What is typed for each household, as the server takes it; or what is wrong with it. */
function read(limits: readonly LargeAmount[], texts: Amounts, locale: string) {
  const problems: Amounts = {};
  const amounts = limits.map(({ household_id, currency }) => {
    const amount = parseAmount(texts[household_id] ?? "", currency, locale);
    if (isProblem(amount)) problems[household_id] = amount.problem;
    else if (isZero(amount) || isNegative(amount)) problems[household_id] = "More than nothing";
    return { household_id, amount: isProblem(amount) ? "" : decimal(amount) };
  });
  return { amounts, problems };
}

/** From where on something is worth a notice. */
export function NoticeLimitsCard({ preferences }: { preferences: NoticePreferences }) {
  const { locale } = useSession();
  const { large_amounts: limits } = preferences;
  const [warning, setWarning] = useState(String(preferences.budget_warning_percent));
  const [spent, setSpent] = useState(String(preferences.budget_spent_percent));
  const [texts, setTexts] = useState(() => written(limits, locale));
  const [problems, setProblems] = useState<Amounts>({});
  const { isBusy, fields, save } = useNoticePreferences(preferences);
  const submit = async () => {
    const typed = read(limits, texts, locale);
    setProblems(typed.problems);
    if (Object.keys(typed.problems).length > 0) return;
    await save({
      budget_warning_percent: Number(warning),
      budget_spent_percent: Number(spent),
      large_amounts: typed.amounts,
    });
  };
  return (
    <Card title="How much it takes" lead="Whatever is less than this is not worth a notice.">
      <Form verb="Save" onSubmit={submit} isBusy={isBusy}>
        <div className="field-pair">
          <PercentField
            label="Budget runs out at, %"
            value={warning}
            onChange={setWarning}
            problem={fields["budget_warning_percent"]}
          />
          <PercentField
            label="Budget is spent at, %"
            value={spent}
            onChange={setSpent}
            problem={fields["budget_spent_percent"]}
          />
        </div>
        {limits.map(({ household_id: id, household_name: name, currency }, index) => (
          <TextField
            key={id}
            label={`A large amount${limits.length > 1 ? ` in ${name}` : ""}, ${currency}`}
            inputMode="decimal"
            autoComplete="off"
            value={texts[id] ?? ""}
            onChange={(text) => setTexts({ ...texts, [id]: text })}
            problem={problems[id] ?? fields[`large_amounts[${index}].amount`]}
            required
          />
        ))}
      </Form>
    </Card>
  );
}

type PercentFieldProps = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  problem?: string;
};

function PercentField(props: PercentFieldProps) {
  return <TextField {...props} inputMode="numeric" autoComplete="off" maxLength={3} required />;
}
