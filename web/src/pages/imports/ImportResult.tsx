import { imports } from "../../api/endpoints.ts";
import type { Import } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { counted } from "../../ui/counted.ts";
import { Link } from "../../ui/Link.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { ImportFacts } from "./ImportFacts.tsx";

/** What an accepted file brought, and the way back. */
export function ImportResult({ batch }: { batch: Import }) {
  const { locale } = useSession();
  const isUndone = batch.state === "undone";
  return (
    <>
      <section className="card result">
        <span className={isUndone ? "result-mark" : "result-mark result-mark-done"}>
          <Icon name={isUndone ? "undo" : "check"} size={22} />
        </span>
        <div>
          <h2>
            {isUndone
              ? "This import was undone"
              : `${counted(batch.new, "transaction", locale)} imported`}
          </h2>
          <p className="muted">
            {isUndone ? "None of its rows are in your books." : news(batch, locale)}
          </p>
          {!isUndone && <ResultActions batch={batch} />}
        </div>
      </section>
      <ImportFacts batch={batch} />
    </>
  );
}

function news(batch: Import, locale: string): string {
  const { duplicates, problems, transfers_linked: linked } = batch;
  const parts = [
    duplicates > 0 && `${counted(duplicates, "row", locale)} already there`,
    problems > 0 && `${counted(problems, "row", locale)} not readable`,
    linked > 0 && `${counted(linked, "transfer", locale)} between your accounts paired`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(", ")}.` : "Every row of the file is in your books.";
}

function ResultActions({ batch }: { batch: Import }) {
  const { isViewer } = useSession();
  const { isBusy, run } = useAction();
  const undo = () =>
    run(async () => {
      await imports.undo(batch.id);
      announce(`The import of ${batch.file_name} is undone.`);
    });
  const { period } = batch;
  const register = address("/transactions", {
    account_id: batch.account_id,
    from: period?.from,
    to: period?.to,
  });
  const dashboard = address("/", { date: period?.to });
  return (
    <div className="button-row">
      <Link to={dashboard} className="button button-primary">
        <span>See where it went</span>
      </Link>
      <Link to={register} className="button button-plain">
        <span>View transactions</span>
      </Link>
      {!isViewer && (
        <Button icon="undo" isBusy={isBusy} onClick={undo}>
          Undo this import
        </Button>
      )}
    </div>
  );
}
