import { Dialog } from "../../ui/Dialog.tsx";
import { KeyList } from "../../ui/KeyList.tsx";

const keys: [string[], string][] = [
  [["j", "↓"], "Next row"],
  [["k", "↑"], "Row before"],
  [["Page ↓", "Page ↑"], "A screen further, a screen back (in the list)"],
  [["Home", "End"], "First and last row (in the list)"],
  [["n"], "New transaction"],
  [["e", "Enter"], "Edit the row"],
  [["Space"], "Choose the row (in the list)"],
  [["x"], "Delete the row, or all chosen rows"],
  [["u"], "Undo the last change"],
  [["/"], "Search"],
  [["Esc"], "Leave a form without saving"],
  [["?"], "This help"],
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <KeyList keys={keys} />
    </Dialog>
  );
}
