// A QR code as one SVG path. Import by path.
import { useMemo } from 'react';
import { encode } from 'uqr';

export type QrCodeProps = {
  value: string;
  /** What scanning it does: "Adds this sign-in to your authenticator app". */
  label: string;
  size?: number;
};

export function QrCode({ value, label, size = 176 }: QrCodeProps) {
  const code = useMemo(() => encode(value, { ecc: 'M', border: 2 }), [value]);
  const path = code.data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
      className="rounded-ui border border-line"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
