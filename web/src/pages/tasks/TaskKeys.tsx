import { type Keys, KeysDialog } from "../../ui/KeysDialog.tsx";

const keys: Keys = [
  [["n"], "New task"],
  [["↓", "j"], "Next task"],
  [["↑", "k"], "Task before"],
  [["x", "Space"], "Tick the task, or take the tick away"],
  [["Shift ↓", "Shift ↑"], "Move the task down or up"],
  [["e", "Enter"], "Edit the task"],
  [["Delete"], "Delete the task"],
  [["u"], "Undo the last change"],
  [["/"], "Search"],
  [["Esc"], "Leave without saving"],
  [["?"], "This help"],
];

export function TaskKeys({ onClose }: { onClose: () => void }) {
  return <KeysDialog keys={keys} onClose={onClose} />;
}
