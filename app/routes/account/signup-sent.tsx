import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';
import { CheckMail } from '~/ui/accounts/check-mail';

export function loader({ context }: LoaderFunctionArgs) {
  return { head: { title: context.visit.i18n.t('people.sent.title'), noindex: true } };
}

export default function SignUpSent() {
  return <CheckMail again={pathTo('/signup')} />;
}
