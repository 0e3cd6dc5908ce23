import { Injectable } from '@nestjs/common';
import { CompanyListRepository, type WorkspaceKey } from '#database';
import { type Company, companyObject, type CompanyObject } from '#domain';
import type { AnsweredCompany } from '#pipeline';
import { withWarnings } from '../http/warnings.js';
import { segmentObject } from '../segments/segment-object.js';

/** Companies as they are answered: with how many people they have, their tags and their people's segments. */
@Injectable()
export class CompanyAnswers {
  constructor(private readonly companies: CompanyListRepository) {}

  async one(caller: WorkspaceKey, company: Company): Promise<CompanyObject> {
    const [object] = await this.many(caller, [company]);
    if (!object) throw new Error('A company was answered with nothing');
    return object;
  }

  /** The same, with `warnings` when something was left out of the write. */
  async written(caller: WorkspaceKey, company: AnsweredCompany) {
    return withWarnings(await this.one(caller, company), company.warnings);
  }

  async many({ workspaceId, appId }: WorkspaceKey, companies: readonly Company[]): Promise<CompanyObject[]> {
    const details = await this.companies.details(
      workspaceId,
      companies.map(({ id }) => id),
    );
    return companies.map((company) => {
      const { userCount = 0, tags = [], segments = [] } = details.get(company.id) ?? {};
      return companyObject(company, {
        appId,
        userCount,
        tags: tags.map((tag) => ({ type: 'tag', ...tag })),
        segments: segments.map((segment) => segmentObject(segment)),
      });
    });
  }
}
