import type { ReactNode } from 'react';

interface LinkProps {
  href: string;
  label: ReactNode;
}

/** A paragraph that is one link. */
export function LinkLine({ className, href, label }: LinkProps & { className?: string }) {
  return (
    <p className={className}>
      <a href={href}>{label}</a>
    </p>
  );
}

/** An item of a list that is one link. */
export function LinkItem({ href, label }: LinkProps) {
  return (
    <li>
      <a href={href}>{label}</a>
    </li>
  );
}
