// Runs before the first paint: puts the chosen theme and density on <html>, so that nothing flashes. Kept external for the CSP.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('ui.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    root.dataset.density = localStorage.getItem('ui.density') === 'compact' ? 'compact' : 'comfortable';
  } catch {
    root.dataset.density = 'comfortable';
  }
})();
