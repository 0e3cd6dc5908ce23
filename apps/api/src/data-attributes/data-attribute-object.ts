import type { DataAttributeAnswer } from '#contracts';
import type { DataAttribute } from '#database';
import {
  type ApiVersion,
  type AttributeModel,
  type AttributeType,
  COMPANY_ATTRIBUTES,
  type DataType,
  isSince,
  STANDARD_ATTRIBUTES,
} from '#domain';
import { secondsOf } from '../http/seconds.js';

type WireType = DataAttributeAnswer['data_type'];

/** Numbers of standard attributes are whole ones. */
const STANDARD_TYPES: Readonly<Record<DataType, WireType>> = {
  string: 'string',
  number: 'integer',
  boolean: 'boolean',
  date: 'date',
};

/** The standard attributes of a model. The ten dates of a contact became `datetime` in version 2.17. */
export function standardObjects(model: AttributeModel, version: ApiVersion): DataAttributeAnswer[] {
  const exact = model === 'contact' && isSince(version, '2.17');
  const standard = model === 'contact' ? STANDARD_ATTRIBUTES : COMPANY_ATTRIBUTES;
  return Object.entries(standard).map(([fullName, { type, label, writable }]) => ({
    type: 'data_attribute',
    model,
    name: fullName.slice(fullName.lastIndexOf('.') + 1),
    full_name: fullName,
    label,
    description: '',
    data_type: exact && type === 'date' ? 'datetime' : STANDARD_TYPES[type],
    api_writable: writable,
    messenger_writable: writable,
    ui_writable: false,
    custom: false,
    archived: false,
  }));
}

/** A custom attribute on the wire: a list of options is a string that has them (reference 2). */
export function dataAttributeObject(attribute: DataAttribute, version: ApiVersion): DataAttributeAnswer {
  const { id, model, name, label, description, options, archived, adminId } = attribute;
  return {
    type: 'data_attribute',
    id,
    model,
    name,
    full_name: `custom_attributes.${name}`,
    label,
    description,
    data_type: wireType(attribute.dataType, version),
    ...(options ? { options } : {}),
    api_writable: true,
    messenger_writable: attribute.messengerWritable,
    ui_writable: true,
    custom: true,
    archived,
    created_at: secondsOf(attribute.createdAt),
    updated_at: secondsOf(attribute.updatedAt),
    admin_id: adminId === null ? null : String(adminId),
  };
}

function wireType(type: AttributeType, version: ApiVersion): WireType {
  if (type === 'options') return 'string';
  return type === 'datetime' && !isSince(version, '2.17') ? 'date' : type;
}
