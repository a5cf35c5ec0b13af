// A document that belongs to the whole workspace, or that a link led to: the same as in its dialog, as a page.
import { useParams } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { hrefOf } from '../../../kernel/web/call.ts';
import { usePlace } from '../../../kernel/web/place.ts';
import { useCall } from '../../../kernel/web/queries.ts';
import { Button, EmptyState, ErrorState, Link, PageHeader, SkeletonRows } from '../../../ui/index.ts';
import { downloadDocument, getDocument } from '../api.ts';
import { DocumentBody } from './DocumentDialog.tsx';

export default function DocumentPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useCall(getDocument, { params: { id } });
  usePlace(found.data ? { title: found.data.title, isThing: true } : null);
  if (found.error && !found.data)
    return found.error.status === 404 || found.error.status === 422 ? (
      <EmptyState title="There is no such document, or you may not see it" />
    ) : (
      <ErrorState text={found.error.message} onRetry={() => void found.refetch()} />
    );
  if (!found.data)
    return (
      <div className="p-6">
        <SkeletonRows rows={6} columns={2} />
      </div>
    );
  const { accountId, accountName } = found.data;
  return (
    <>
      <PageHeader
        title={found.data.title}
        subtitle={
          accountId && accountName ? (
            <Link href={`/accounts/${accountId}?tab=documents`}>{accountName}</Link>
          ) : (
            'For the whole workspace'
          )
        }
        actions={
          <Button icon={<Download />} href={hrefOf(downloadDocument, { params: { id }, query: {} })} download>
            Download
          </Button>
        }
      />
      <div className="max-w-4xl p-4 md:p-6">
        <DocumentBody document={found.data} />
      </div>
    </>
  );
}
