import { Dialog } from "../../ui/Dialog.tsx";
import { KeyList } from "../../ui/KeyList.tsx";

const keys: [string[], string][] = [
  [["n"], "New task"],
  [["↓", "j"], "Next task"],
  [["↑", "k"], "Task before"],
  [["x", "Space"], "Tick the task, or all chosen; again takes the tick away"],
  [["Shift ↓", "Shift ↑"], "Move the task down or up"],
  [["e", "Enter"], "Edit the task"],
  [["Delete"], "Delete the task, or all chosen"],
  [["s"], "Choose the task, to do something with several"],
  [["a"], "Choose all, or none"],
  [["u"], "Undo the last change"],
  [["/"], "Search"],
  [["Esc"], "Leave without saving; choose none"],
  [["?"], "This help"],
];

export function TaskKeys({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <KeyList keys={keys} />
    </Dialog>
  );
}
