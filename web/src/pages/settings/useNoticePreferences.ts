import { notices, type PreferencesInput } from "../../api/notices.ts";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { inputOf } from "./noticeGroups.ts";
import type { NoticePreferences } from "../../api/types.ts";

/** Each card saves its own part, and leaves the others as the server has them. */
export function useNoticePreferences(preferences: NoticePreferences) {
  const { isBusy, fields, run } = useAction();
  const save = (part: Partial<PreferencesInput>) =>
    run(async () => {
      await notices.savePreferences({ ...inputOf(preferences), ...part }, preferences.version);
      announce("Your preferences are saved.");
    });
  return { isBusy, fields, save };
}
