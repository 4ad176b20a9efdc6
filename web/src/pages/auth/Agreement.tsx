import { ownData } from "../../api/identity.ts";
import { useResource } from "../../data/resource.ts";

/** The versions of the pages that somebody new is shown. */
export type ShownVersions = { terms_version?: number; privacy_version?: number };

export async function readVersions(): Promise<ShownVersions> {
  const [terms, privacy] = await Promise.all([ownData.page("terms"), ownData.page("privacy")]);
  return { terms_version: terms.version, privacy_version: privacy.version };
}

/** Asked for when the words are shown, so that they are known when somebody agrees. */
export function useShownVersions(): ShownVersions | undefined {
  return useResource("shown versions", readVersions).value;
}

/** Says what somebody new agrees to, and where it stands. */
export function AgreementHint({ who = "By going on you agree" }: { who?: string }) {
  return (
    <p className="field-hint">
      {who} to the{" "}
      <a href="/terms" target="_blank" rel="noreferrer">
        terms
      </a>{" "}
      and to how this server{" "}
      <a href="/privacy" target="_blank" rel="noreferrer">
        treats your data
      </a>
      .
    </p>
  );
}
