import type { Account } from '~/domain/accounts/users/accounts';
import { useI18n } from '~/ui/i18n';
import { Name, Since } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';

export interface ListedPerson {
  id: string;
  handle: string;
  name: string | null;
  role: Account['role'];
  createdAt: number;
  importedAt: number | null;
  suspended: boolean;
  unconfirmed: boolean;
}

interface PeopleListProps {
  people: readonly ListedPerson[];
  hrefOf: (handle: string) => string;
}

/** People found by handle or name, each with role and standing. */
export function PeopleList({ people, hrefOf }: PeopleListProps) {
  const { t } = useI18n();
  if (people.length === 0) return <p className="quiet">{t('guard.people.none')}</p>;
  return (
    <ul className="rows">
      {people.map((person) => (
        <li key={person.id}>
          <h2>
            <a href={hrefOf(person.handle)}>
              <bdi>{person.handle}</bdi>
            </a>
          </h2>
          <Meta>
            {person.name && <Name>{person.name}</Name>}
            {person.role !== 'member' && <span>{t(`guard.people.role.${person.role}`)}</span>}
            {person.unconfirmed && <span>{t('guard.people.unconfirmed')}</span>}
            {person.suspended && <span>{t('guard.people.suspended')}</span>}
            <span>
              <Since {...person} />
            </span>
          </Meta>
        </li>
      ))}
    </ul>
  );
}
