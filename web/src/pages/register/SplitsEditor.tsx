import { useSession } from "../../app/session.ts";
import { formatMoney, formatPlain } from "../../money/format.ts";
import { isZero, type Money, subtract, sum, zero } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Field, TextField } from "../../ui/Field.tsx";
import type { Draft, SplitDraft } from "./draft.ts";
import type { FieldsProps } from "./TransactionForm.tsx";

/** What is typed so far; a part not yet readable counts nothing. */
function amountOf(text: string, currency: string, locale: string): Money {
  const result = parseAmount(text, currency, locale);
  return isProblem(result) ? zero(currency) : result;
}

function remainder(draft: Draft, currency: string, locale: string): Money {
  const parts = draft.splits.map(({ amount }) => amountOf(amount, currency, locale));
  return subtract(amountOf(draft.amount, currency, locale), sum(parts, currency));
}

let lastKey = 0;

function newSplit(amount: string, categoryId: string | null = null): SplitDraft {
  lastKey += 1;
  return { key: `new ${lastKey}`, categoryId, amount, memo: "" };
}

/** One purchase, several categories: lines that must add up to the whole. */
export function SplitsEditor(props: FieldsProps) {
  const { draft, problems, onChange, currency } = props;
  const { locale } = useSession();
  if (draft.splits.length === 0) {
    const start = () =>
      onChange({ splits: [newSplit(draft.amount, draft.categoryId), newSplit("")] });
    return (
      <div>
        <Button kind="quiet" icon="split" onClick={start}>
          Split into several categories
        </Button>
      </div>
    );
  }
  const rest = remainder(draft, currency, locale);
  const addLine = () =>
    onChange({
      splits: [...draft.splits, newSplit(isZero(rest) ? "" : formatPlain(rest, locale))],
    });
  return (
    <fieldset className="splits">
      <legend>Parts</legend>
      {draft.splits.map((split, index) => (
        <SplitLine key={split.key} {...props} split={split} index={index} />
      ))}
      <div className="splits-foot">
        <Button kind="quiet" icon="plus" onClick={addLine}>
          Add a part
        </Button>
        <Button kind="quiet" onClick={() => onChange({ splits: [] })}>
          One category again
        </Button>
        <p className={isZero(rest) ? "muted" : "splits-rest"} role="status">
          {isZero(rest) ? "The parts add up." : `${formatMoney(rest, locale)} left to assign`}
        </p>
      </div>
      {problems["splits"] && <p className="field-problem">{problems["splits"]}</p>}
    </fieldset>
  );
}

type SplitLineProps = FieldsProps & { split: SplitDraft; index: number };

function SplitLine({ draft, problems, onChange, split, index }: SplitLineProps) {
  const change = (part: Partial<SplitDraft>) =>
    onChange({
      splits: draft.splits.map((other) => (other === split ? { ...split, ...part } : other)),
    });
  const problem = (field: string) => problems[`splits[${index}].${field}`];
  return (
    <div className="split-line">
      <Field label={`Category of part ${index + 1}`} isLabelHidden problem={problem("category_id")}>
        {(control) => (
          <CategoryPicker
            {...control}
            value={split.categoryId}
            onChange={(categoryId) => change({ categoryId })}
          />
        )}
      </Field>
      <TextField
        label={`Memo of part ${index + 1}`}
        isLabelHidden
        placeholder="Memo"
        value={split.memo}
        onChange={(memo) => change({ memo })}
        problem={problem("memo")}
      />
      <TextField
        label={`Amount of part ${index + 1}`}
        isLabelHidden
        inputMode="decimal"
        className="input-amount"
        placeholder="0"
        value={split.amount}
        onChange={(amount) => change({ amount })}
        problem={problem("amount")}
      />
      <IconButton
        icon="close"
        label={`Remove part ${index + 1}`}
        onClick={() => onChange({ splits: draft.splits.filter((other) => other !== split) })}
      />
    </div>
  );
}
