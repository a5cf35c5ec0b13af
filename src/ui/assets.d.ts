// Lets TypeScript accept style sheets as imports; Vite handles them.
declare module '*.css';
