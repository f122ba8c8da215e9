'use client';

import { useChoices, usePutChoice } from '@/components/data/notification-queries';
import { Switch } from '@/components/ui/controls/switch';
import { toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { notificationKinds } from '@/lib/notifications/contract';
import { kindWords } from './kinds';

const columns = 'grid grid-cols-[minmax(0,1fr)_3.5rem_3.5rem] items-center gap-x-3 px-4';

/** A table of kinds with a switch each for the bell and for e-mail. */
export function Choices() {
  const choices = useChoices();
  const put = usePutChoice();
  if (choices.isError) {
    return (
      <ErrorState
        className="rounded-lg border py-8"
        title="Your choices could not be loaded"
        error={choices.error}
        onRetry={() => void choices.refetch()}
      />
    );
  }
  // What was just chosen stands at once.
  const pending = put.isPending ? put.variables : undefined;
  const items = (choices.data?.items ?? []).map((item) =>
    item.kind === pending?.kind ? pending : item,
  );
  return (
    <section aria-label="What you hear of">
      <div className="divide-y rounded-lg border">
        <div aria-hidden className={`${columns} h-8 text-xs text-faint`}>
          <span />
          <span className="text-center">Bell</span>
          <span className="text-center">Email</span>
        </div>
        {choices.data === undefined ? (
          <div role="status" aria-label="Loading choices">
            <SkeletonRows rows={notificationKinds.length} />
          </div>
        ) : (
          items.map((item) => {
            const { title, text } = kindWords[item.kind];
            const set = (change: { bell: boolean } | { email: boolean }) =>
              put.mutate(
                { ...item, ...change },
                { onError: (error) => toastError('It was not changed', error) },
              );
            return (
              <div key={item.kind} className={`${columns} min-h-[52px] py-2`}>
                <div className="min-w-0">
                  <div className="font-medium">{title}</div>
                  <div className="text-xs text-muted">{text}</div>
                </div>
                <span className="flex justify-center">
                  <Switch
                    aria-label={`${title}: bell`}
                    checked={item.bell}
                    onCheckedChange={(bell) => set({ bell })}
                  />
                </span>
                <span className="flex justify-center">
                  <Switch
                    aria-label={`${title}: email`}
                    checked={item.email}
                    onCheckedChange={(email) => set({ email })}
                  />
                </span>
              </div>
            );
          })
        )}
      </div>
      {choices.data?.mail === false ? (
        <p className="mt-2 text-xs text-muted">
          This workspace sends no email yet: an admin has to choose a mail server first.
        </p>
      ) : null}
    </section>
  );
}
