import { auth } from "../../api/identity.ts";
import type { Methods } from "../../api/people.ts";
import { keepInvitation } from "../../app/arrival.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { useSubmission } from "./useSubmission.ts";

type Provider = Methods["providers"][number];

/** Leaves for the provider's own page; it sends the person back to /sign-in/oidc. */
export async function leaveFor(provider: string, link: boolean): Promise<void> {
  const { authorization_url: url } = await auth.startProvider(provider, link);
  if (!link) keepInvitation();
  location.assign(url);
}

export function ProviderButtons({ providers }: { providers: readonly Provider[] }) {
  return (
    <>
      {providers.map((provider) => (
        <ProviderButton key={provider.id} provider={provider} />
      ))}
    </>
  );
}

function ProviderButton({ provider }: { provider: Provider }) {
  const { problem, isBusy, submit } = useSubmission(() => leaveFor(provider.id, false));
  return (
    <>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <Button isBusy={isBusy} onClick={() => void submit()}>
        Sign in with {provider.name}
      </Button>
    </>
  );
}
