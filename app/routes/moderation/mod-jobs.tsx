import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { refusedMail } from '~/domain/ops/refused-mail';
import type { Schedule } from '~/jobs/job';
import { durationOf, isRunning, listRecords } from '~/jobs/records';
import { JOBS } from '~/jobs/schedule';
import { MINUTE, SECOND } from '~/platform/clock';
import { requireAdministrator } from '~/server/guards';
import { useI18n } from '~/ui/i18n';
import { formatAge, formatUnits } from '~/ui/moderation/age';
import { deskLinks } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

export const links = deskLinks;

export async function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const records = new Map(
    (await listRecords(app.db.reader)).map((record) => [record.name, record]),
  );
  return {
    head: { title: visit.i18n.t('jobs.title'), noindex: true },
    counts: await deskCounts(context),
    refused: await refusedMail(app.db.reader, app.clock),
    jobs: JOBS.map(({ name, schedule }) => {
      const record = records.get(name);
      if (!record) return { name, schedule, last: null };
      const { ok, endedAt, attempts, nextRunAt, failedAt, error } = record;
      return {
        name,
        schedule,
        last: {
          ok,
          endedAt,
          attempts,
          nextRunAt,
          took: durationOf(record),
          running: isRunning(record, app.clock.now()),
          failure: failedAt === null ? null : { at: failedAt, error },
        },
      };
    }),
  };
}

type Job = ReturnType<typeof useLoaderData<typeof loader>>['jobs'][number];

export default function Jobs() {
  const { jobs, refused, counts } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <DeskNav current="jobs" counts={counts} />
      <div className="single">
        <h1>{t('jobs.title')}</h1>
        <p className="lead">{t('jobs.lead')}</p>
        <ul className="rows">
          {jobs.map(({ name, schedule, last }) => (
            <li key={name}>
              <h2>{t(`jobs.name.${name}`)}</h2>
              <Meta>
                <code>{name}</code>
                <When schedule={schedule} />
              </Meta>
              <Last last={last} />
            </li>
          ))}
        </ul>
        {refused.length > 0 && (
          <>
            <h2>{t('jobs.refused')}</h2>
            <ul>
              {refused.map(({ cause, emails, domain, reply }) => (
                <li key={cause}>
                  {t('mail.refused.line', {
                    count: emails,
                    cause: t(`mail.refused.cause.${cause}`),
                  })}{' '}
                  {domain && t('mail.refused.domain', { domain })} <code dir="ltr">{reply}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}

function When({ schedule }: { schedule: Schedule }) {
  const { t, locale } = useI18n();
  if ('dailyAt' in schedule) return <span>{t('jobs.daily', { time: schedule.dailyAt })}</span>;
  const { every } = schedule;
  const interval =
    every < MINUTE ? formatUnits(locale, every / SECOND, 'second') : formatAge(locale, every);
  return <span>{t('jobs.every', { interval })}</span>;
}

function Last({ last }: Pick<Job, 'last'>) {
  const { t } = useI18n();
  if (!last) return <Meta>{t('jobs.never')}</Meta>;
  const { ok, endedAt, took, running, attempts, nextRunAt, failure } = last;
  return (
    <>
      <Meta>
        {running && <span>{t('jobs.running')}</span>}
        {endedAt !== null && (
          <span>
            {t(ok ? 'jobs.succeeded' : 'jobs.failed')} <Minute ms={endedAt} />
          </span>
        )}
        {took !== null && <span>{t('jobs.took', { seconds: took / SECOND })}</span>}
        {attempts > 1 && <span>{t('jobs.attempts', { count: attempts })}</span>}
        <span>
          {t('jobs.next')} <Minute ms={nextRunAt} />
        </span>
      </Meta>
      {failure && (
        <Meta>
          <span>
            {t('jobs.lastFailure')} <Minute ms={failure.at} />
          </span>
          <code dir="ltr">{failure.error}</code>
        </Meta>
      )}
    </>
  );
}
