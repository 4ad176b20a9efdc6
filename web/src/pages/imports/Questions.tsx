import type { ImportPatch } from "../../api/model.ts";
import type { Import, ImportQuestion } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Change } from "./ImportPreview.tsx";

const choiceNames: Record<string, string> = {
  dmy: "Day, month, year",
  mdy: "Month, day, year",
  ymd: "Year, month, day",
  ",": "Comma: 1.234,50",
  ".": "Point: 1,234.50",
  in: "Money in",
  out: "Money out",
};

/** The patch that answers a question; null when it is answered elsewhere on the page. */
function answer(question: ImportQuestion, choice: string): ImportPatch | null {
  switch (question.code) {
    case "date_order":
      return { mapping: { date_order: choice as "dmy" | "mdy" | "ymd" } };
    case "decimal":
      return { mapping: { decimal: choice as "." | "," } };
    case "sign":
      return { mapping: { negate: choice === "out" } };
    default:
      return null;
  }
}

/**
 * Whether the import has to wait for it. Words that say neither in nor out are told of, but
 * their amounts have a reading of their own.
 */
export function isPressing({ code }: ImportQuestion): boolean {
  return code !== "direction";
}

/** What the file alone cannot tell. */
export function Questions({
  batch,
  onChange,
  isBusy,
}: {
  batch: Import;
  onChange: Change;
  isBusy: boolean;
}) {
  // The choice of account has a place of its own, whether asked for or not.
  const questions = batch.questions.filter(({ code }) => code !== "account");
  if (questions.length === 0) return null;
  return (
    <section className="card question-list" aria-label="Questions about this file">
      {questions.map((question) => (
        <div key={question.code} className="question">
          <Icon name="help" size={20} />
          <div className="question-body">
            <p>{question.message}</p>
            <div className="button-row">
              {question.choices.map((choice) => {
                const patch = answer(question, choice);
                return (
                  patch && (
                    <Button key={choice} disabled={isBusy} onClick={() => void onChange(patch)}>
                      {choiceNames[choice] ?? choice}
                    </Button>
                  )
                );
              })}
            </div>
          </div>
        </div>
      ))}
    </section>
  );
}
