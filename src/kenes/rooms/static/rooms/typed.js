// What a person has typed at the desk and not sent yet.

function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.options) {
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(chosen, 0);
  }
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  return "defaultValue" in field && field.value !== field.defaultValue;
}

export function holdsTyped(node) {
  const forms = node.querySelectorAll?.("form[data-act]") ?? [];
  return [...forms].some((form) => [...form.elements].some(isChanged));
}
