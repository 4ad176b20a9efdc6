import { useState } from "react";
import { imports } from "../../api/endpoints.ts";
import type { ImportPatch } from "../../api/model.ts";
import type { Import } from "../../api/types.ts";
import { navigate } from "../../app/router.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { useAction } from "../../ui/useAction.ts";
import { ImportFacts } from "./ImportFacts.tsx";
import { ImportRows } from "./ImportRows.tsx";
import { MappingEditor } from "./MappingEditor.tsx";
import { isPressing, Questions } from "./Questions.tsx";
import { StatementAccounts } from "./StatementAccounts.tsx";

export type Change = (patch: ImportPatch) => Promise<boolean>;

/** The file as understood, open to correction; nothing is in the books yet. */
export function ImportPreview({ batch }: { batch: Import }) {
  const { isBusy, run } = useAction();
  const change: Change = (patch) =>
    run(async () => {
      await imports.update(batch, patch);
    });
  return (
    <div className="stack">
      {batch.error && <ProblemNote>{batch.error}</ProblemNote>}
      <Questions batch={batch} onChange={change} isBusy={isBusy} />
      <StatementAccounts batch={batch} onChange={change} />
      <ImportFacts batch={batch} />
      {batch.mapping && <MappingEditor mapping={batch.mapping} onChange={change} isBusy={isBusy} />}
      <ImportRows batch={batch} onChange={change} />
      <AcceptBar batch={batch} />
    </div>
  );
}

/** What a person has yet to do before the file can be accepted; null when nothing. */
function missingStep({ statements, account_id: accountId, questions }: Import): string | null {
  const hasAccounts =
    statements.length > 0
      ? statements.every(({ account_id }) => account_id !== null)
      : accountId !== null;
  if (!hasAccounts) return "Choose the account above first.";
  return questions.some(isPressing) ? "Answer the questions above first." : null;
}

function AcceptBar({ batch }: { batch: Import }) {
  const [isDiscarding, setDiscarding] = useState(false);
  const { isBusy, run } = useAction();
  const accept = () =>
    run(async () => {
      await imports.commit(batch.id);
    });
  const discard = async () => {
    setDiscarding(true);
    const done = await run(async () => {
      await imports.undo(batch.id);
    });
    setDiscarding(false);
    if (done) navigate("/imports");
  };
  const missing = missingStep(batch);
  return (
    <div className={missing ? "accept-bar" : "accept-bar accept-ready"}>
      <p className="muted">
        {missing ?? "Check the rows, then accept. You can undo the whole import later."}
      </p>
      <div className="button-row">
        <Button onClick={discard} isBusy={isDiscarding}>
          Discard
        </Button>
        <Button
          kind="primary"
          icon="check"
          disabled={missing !== null}
          isBusy={isBusy && !isDiscarding}
          onClick={accept}
        >
          Accept import
        </Button>
      </div>
    </div>
  );
}
