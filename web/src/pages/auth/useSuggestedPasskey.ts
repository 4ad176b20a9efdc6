import { useCallback, useEffect, useRef } from "react";
import { auth } from "../../api/identity.ts";
import type { SignInAnswer } from "../../api/people.ts";
import { getPasskey, suggestsPasskeys } from "../../api/webauthn.ts";

/** The server forgets a challenge after five minutes, so it is asked for anew before that. */
const renewalMilliseconds = 4 * 60_000;

async function suggest(signal: AbortSignal): Promise<SignInAnswer | null> {
  if (!(await suggestsPasskeys()) || signal.aborted) return null;
  const { challenge_id, options } = await auth.passkeyOptions();
  if (signal.aborted) return null;
  const credential = await getPasskey(options, { signal, mediation: "conditional" });
  return auth.passkey({ challenge_id, credential });
}

/**
 * Lets the browser offer passkeys beside the saved addresses of the email box. Gives back what
 * stops it, since a browser asks one question at a time.
 */
export function useSuggestedPasskey(
  isOn: boolean,
  onAnswer: (answer: SignInAnswer) => void,
): () => void {
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const begin = () => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      suggest(controller.signal).then(
        (answer) => answer && onAnswer(answer),
        // Nobody asked for this: without an answer the other doors are still there.
        () => {},
      );
    };
    begin();
    const timer = setInterval(begin, renewalMilliseconds);
    return () => {
      clearInterval(timer);
      running.current?.abort();
    };
  }, [isOn, onAnswer]);
  return useCallback(() => running.current?.abort(), []);
}
