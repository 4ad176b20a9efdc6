import { useCallback, useState } from "react";
import { APIError, messageOf } from "../api/APIError.ts";
import { isDeclined } from "../api/Client.ts";
import { dataChanged } from "../data/resource.ts";
import { announceProblem } from "./toasts.ts";

/**
 * Runs a write once at a time, then reads everything anew. What the server refused is told in
 * a toast, except wrong fields, which the form shows beside each of them.
 */
export function useAction() {
  const [isBusy, setBusy] = useState(false);
  const [fields, setFields] = useState<Record<string, string>>({});
  const run = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setFields({});
    try {
      await work();
      return true;
    } catch (error) {
      if (isDeclined(error)) return false;
      const wrong = error instanceof APIError ? error.fields : {};
      setFields(wrong);
      const isStale = error instanceof APIError && error.status === 412;
      announceProblem(
        isStale
          ? "Someone changed this in the meantime. The newest is shown now; please try again."
          : messageOf(error),
      );
      return false;
    } finally {
      dataChanged();
      setBusy(false);
    }
  }, []);
  return { isBusy, fields, run };
}
