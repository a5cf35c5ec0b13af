// Starts the gallery. `?theme=dark&density=compact&section=grid` choose what to see.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../theme.css';
import { setDensity, setTheme } from '../theme.ts';
import { UiProvider } from '../UiProvider.tsx';
import { Gallery } from './Gallery.tsx';

const wish = new URLSearchParams(window.location.search);
const theme = wish.get('theme');
const density = wish.get('density');
if (theme === 'light' || theme === 'dark' || theme === 'system') setTheme(theme);
if (density === 'comfortable' || density === 'compact') setDensity(density);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <UiProvider locale="en-GB" timeZone="Europe/Berlin">
        <Gallery />
      </UiProvider>
    </StrictMode>,
  );
}
