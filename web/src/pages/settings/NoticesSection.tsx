import { notices } from "../../api/notices.ts";
import { useResource } from "../../data/resource.ts";
import { Link } from "../../ui/Link.tsx";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { NoticeKindsCard } from "./NoticeKindsCard.tsx";
import { NoticeLimitsCard } from "./NoticeLimitsCard.tsx";
import { NoticeTimesCard } from "./NoticeTimesCard.tsx";
import type { NoticePreferences } from "../../api/types.ts";

/** What this person is told of, how, and when not. */
export default function NoticesSection() {
  const { value: preferences, error } = useResource("notice preferences", notices.preferences);
  if (error && !preferences) return <ProblemNote error={error} />;
  if (!preferences) return <Loading rows={10} />;
  return (
    <>
      <MailNote preferences={preferences} />
      <NoticeKindsCard preferences={preferences} />
      <NoticeTimesCard preferences={preferences} />
      <NoticeLimitsCard preferences={preferences} />
    </>
  );
}

/** Why a letter that was asked for would not come. */
function MailNote({ preferences: { mail } }: { preferences: NoticePreferences }) {
  if (!mail.is_set_up) {
    return (
      <Note icon="mail">
        This server sends no letters: whoever looks after it has set up no mail. What you choose for
        letters holds once it does.
      </Note>
    );
  }
  if (mail.is_verified) return null;
  return (
    <Note icon="mail">
      No notice goes to {mail.address} by letter until it is confirmed.{" "}
      <Link to="/settings/profile">Confirm it</Link>
    </Note>
  );
}
