import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GuideText } from "@/components/help/guide-text";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { requireSignedIn } from "@/lib/auth/current";
import { helpPath, readGuide } from "@/lib/help/guides";

type Props = { params: Promise<{ guide: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readGuide((await params).guide)?.title };
}

export default async function GuidePage({ params }: Props) {
  await requireSignedIn();
  const guide = readGuide((await params).guide);
  if (!guide) notFound();
  return (
    <>
      <PageHeader title={guide.title} crumbs={<Breadcrumb crumbs={[{ href: helpPath, label: "Help" }]} />} />
      <GuideText blocks={guide.blocks} />
    </>
  );
}
