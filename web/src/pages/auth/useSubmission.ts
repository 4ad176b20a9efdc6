import { type FormEvent, useState } from "react";
import { APIError, messageOf } from "../../api/APIError.ts";
import { passkeyProblem } from "../../api/webauthn.ts";

export type Submission = {
  /** What went wrong, unless it stands beside the fields. */
  problem: string | null;
  fields: Record<string, string>;
  isBusy: boolean;
  submit: (event?: FormEvent) => Promise<void>;
};

/** Runs one step at a time and keeps what the server refused. */
export function useSubmission(send: () => Promise<unknown>): Submission {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await send();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const fields = error instanceof APIError ? error.fields : {};
  const isBesideFields = Object.keys(fields).length > 0;
  const problem = error && !isBesideFields ? (passkeyProblem(error) ?? messageOf(error)) : null;
  return { problem, fields, isBusy, submit };
}
