// The button that changes between light and dark colours; the choice stays in this browser.
const KEY = "kenes-scheme";

function shownScheme() {
  const chosen = document.documentElement.dataset.scheme;
  return chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function keep(scheme) {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // Not kept: the choice holds for this page.
  }
}

export function bindScheme(button) {
  const show = () => button.setAttribute("aria-pressed", String(shownScheme() === "dark"));
  const change = () => {
    const scheme = shownScheme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.scheme = scheme;
    keep(scheme);
    show();
  };
  button.hidden = false;
  button.addEventListener("click", change);
  show();
  return () => button.removeEventListener("click", change);
}
