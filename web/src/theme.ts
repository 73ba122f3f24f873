// Light or dark: what the reader chose, else what his system prefers; data-theme on <html> says which.
export type Theme = "light" | "dark";
const KEY = "dateline-theme";

function stored(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // storage can be forbidden
  }
}

const preferred = () => matchMedia("(prefers-color-scheme: dark)");

export function currentTheme(): Theme {
  return stored() ?? (preferred().matches ? "dark" : "light");
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // then it holds for this page alone
  }
  document.documentElement.dataset.theme = theme;
}

export function followSystem(): void {
  applyTheme();
  preferred().addEventListener("change", applyTheme);
}
