import { type DebtStrategy, debts as endpoint } from "../../api/debts.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatPlain } from "../../money/format.ts";
import { add, money } from "../../money/Money.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { useAction } from "../../ui/useAction.ts";
import { differenceWords, strategyHints, strategyNames } from "./debtWords.ts";
import type { useWish } from "./useWish.ts";
import type { DebtSettings } from "../../api/types.ts";

type Trial = ReturnType<typeof useWish>;
type ControlsProps = { trial: Trial; settings: DebtSettings };

const strategies: readonly Segment<DebtStrategy>[] = (
  Object.keys(strategyNames) as DebtStrategy[]
).map((value) => ({ value, label: strategyNames[value] }));

/** Tries out another order or more money each month; what comes of it is shown at once. */
export function PlanControls({ trial, settings }: ControlsProps) {
  const { wish, change } = trial;
  return (
    <section className="card stack" aria-labelledby="debts-how">
      <h2 id="debts-how">How it is paid off</h2>
      <div className="debt-controls">
        <div className="debt-strategy">
          <Segments
            label="What is paid off first"
            segments={strategies}
            value={wish.strategy}
            onChange={(strategy) => change({ strategy })}
          />
          <p className="field-hint">{strategyHints[wish.strategy]}</p>
        </div>
        <Extra trial={trial} settings={settings} />
      </div>
      {trial.isChanged && <Trying trial={trial} settings={settings} />}
    </section>
  );
}

const steps = ["50", "100"];

function Extra({ trial, settings }: ControlsProps) {
  const { locale } = useSession();
  const { wish, change, amount, problem } = trial;
  const { currency } = settings;
  const more = (step: string) =>
    change({ extra: formatPlain(add(money(amount, currency), money(step, currency)), locale) });
  return (
    <div className="debt-extra">
      <TextField
        label={`Extra each month, ${currency}`}
        hint="On top of all minimum payments."
        inputMode="decimal"
        className="input-amount"
        autoComplete="off"
        placeholder="0"
        value={wish.extra}
        onChange={(extra) => change({ extra })}
        problem={problem}
      />
      <div className="debt-steps">
        {steps.map((step) => (
          <Button key={step} disabled={problem !== undefined} onClick={() => more(step)}>
            +{step}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** What the trial is worth against the plan that is kept, and the way to keep it. */
function Trying({ trial, settings }: ControlsProps) {
  const { locale, isViewer } = useSession();
  const { isBusy, run } = useAction();
  const { base, plan, wish, amount } = trial;
  const difference = base && plan && differenceWords(plan.plan, base.plan, plan.currency, locale);
  const keep = () =>
    run(async () => {
      const after = await endpoint.change({
        strategy: wish.strategy,
        extra_amount: amount,
        ...(wish.strategy === "own" && { order: [...wish.order] }),
      });
      const { strategy, extra_amount, order } = settings;
      announceUndoable("The plan is changed", () =>
        endpoint.change({ strategy, extra_amount, order }, after.version),
      );
    });
  return (
    <div className="debt-trying">
      <p aria-live="polite">
        <strong>A trial.</strong> {difference ? `Against your plan: ${difference}.` : ""}
      </p>
      <div className="button-row">
        <Button onClick={trial.reset}>Back to your plan</Button>
        {!isViewer && (
          <Button kind="primary" isBusy={isBusy} onClick={keep}>
            Keep this plan
          </Button>
        )}
      </div>
    </div>
  );
}
