import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createDataAttribute,
  type CreateDataAttributeBody,
  type DataAttributeAnswer,
  dataAttributeAnswer,
  dataAttributeList,
  listDataAttributes,
  type ListDataAttributesQuery,
  updateDataAttribute,
  type UpdateDataAttributeBody,
} from '#contracts';
import { DataAttributeRepository } from '#database';
import { ATTRIBUTE_MODELS, type AttributeModel, DomainError, given, isSince } from '#domain';
import { DataAttributeService } from '#pipeline';
import { Clock } from '#platform';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { Unprocessable } from '../http/error-list.js';
import { dataAttributeObject, standardObjects } from './data-attribute-object.js';

/** More digits are no id that Postgres could have given. */
const INTEGER_ID = /^\d{1,9}$/;

/** What is known of the fields of contacts and companies: the standard ones, and those of the workspace. */
@ApiTags('data attributes')
@Controller('data_attributes')
export class DataAttributesController {
  constructor(
    private readonly attributes: DataAttributeService,
    private readonly declared: DataAttributeRepository,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: dataAttributeList })
  async list(
    @CurrentWorkspace() caller: Caller,
    @Query({ schema: listDataAttributes }) query: ListDataAttributesQuery,
  ) {
    const lists = modelsOf(query.model, caller).map((model) =>
      this.ofModel(caller, model, query.include_archived),
    );
    return { type: 'list', data: (await Promise.all(lists)).flat() };
  }

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: dataAttributeAnswer })
  async create(
    @CurrentWorkspace() { workspaceId, adminId, version }: Caller,
    @Body({ schema: createDataAttribute }) body: CreateDataAttributeBody,
  ) {
    const { name, model, description, options = null, messenger_writable: messengerWritable } = body;
    const dataType = options ? 'options' : body.data_type;
    const attribute = { name, model, dataType, options, description, messengerWritable, adminId };
    const created = await this.attributes.create(workspaceId, attribute, this.clock.now());
    return dataAttributeObject(created, version);
  }

  @Put(':id')
  @ApiOkResponse({ standardSchema: dataAttributeAnswer })
  async update(
    @CurrentWorkspace() { workspaceId, version }: Caller,
    @Param('id') id: string,
    @Body({ schema: updateDataAttribute }) body: UpdateDataAttributeBody,
  ) {
    if (!INTEGER_ID.test(id))
      throw new DomainError('field_not_found', `No custom attribute has the id ${id}`);
    const { archived, description, options, messenger_writable: messengerWritable } = body;
    const changes = given({ archived, description, options, messengerWritable });
    const key = { workspaceId, id: Number(id) };
    return dataAttributeObject(await this.attributes.update(key, changes, this.clock.now()), version);
  }

  private async ofModel(
    { workspaceId, version }: Caller,
    model: AttributeModel,
    archived: boolean,
  ): Promise<DataAttributeAnswer[]> {
    const custom = await this.declared.list(workspaceId, { model, archived });
    return [
      ...standardObjects(model, version),
      ...custom.map((attribute) => dataAttributeObject(attribute, version)),
    ];
  }
}

/** Conversations were a model until version 2.16; Muster has none. */
function modelsOf(model: ListDataAttributesQuery['model'], { version }: Caller): readonly AttributeModel[] {
  if (model === undefined) return ATTRIBUTE_MODELS;
  if (model !== 'conversation') return [model];
  if (!isSince(version, '2.16')) return [];
  throw new Unprocessable('parameter_invalid', 'model: expected "contact" or "company"', 'model');
}
