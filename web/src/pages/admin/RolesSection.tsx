import type { Permission, SystemRole } from "../../api/people.ts";
import { permissionNames, rolePermissions, systemRoleNames } from "../../data/roles.ts";
import { Icon } from "../../ui/Icon.tsx";

const roles = Object.keys(systemRoleNames) as SystemRole[];
const permissions = Object.keys(permissionNames) as Permission[];

/** What each role may do. Nobody sees a household's money by any of them. */
export default function RolesSection() {
  return (
    <>
      <p className="muted">
        None of these roles sees a household’s money. Its owner can let someone in for some hours,
        and its activity shows it.
      </p>
      <div className="card table-card">
        <div className="table-scroll" role="region" aria-label="Roles" tabIndex={0}>
          <table className="table roles-table">
            <thead>
              <tr>
                <th scope="col">May</th>
                {roles.map((role) => (
                  <th key={role} scope="col">
                    {systemRoleNames[role]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row">
                    {permissionNames[permission]} <code className="muted">{permission}</code>
                  </th>
                  {roles.map((role) => (
                    <td key={role}>
                      <Mark isAllowed={rolePermissions[role].includes(permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  );
}

function Mark({ isAllowed }: { isAllowed: boolean }) {
  if (!isAllowed) return <span className="muted">no</span>;
  return (
    <span className="allowed">
      <Icon name="check" /> yes
    </span>
  );
}
