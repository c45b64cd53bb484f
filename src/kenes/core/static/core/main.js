// Binds the behaviours that every page has.
import { bindConfirm } from "./confirm.js";
import { bindDialogs } from "./dialogs.js";
import { loadFonts } from "./font.js";
import { bindScheme } from "./scheme.js";

for (const button of document.querySelectorAll("[data-scheme-toggle]")) bindScheme(button);
bindDialogs();
bindConfirm();

const fonts = document.documentElement.dataset.fonts?.split(" ").filter(Boolean) ?? [];
requestAnimationFrame(() => setTimeout(() => loadFonts(fonts), 0));
