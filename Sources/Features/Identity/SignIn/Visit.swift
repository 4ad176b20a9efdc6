/// Someone at the door: the program, the place and the device that a request came from.
package struct Visit: Sendable {
    package let client: ClientDevice
    package let requestID: String
    /// What the browser shows of its earlier visits.
    let badge: DeviceBadge?

    package init(client: ClientDevice, requestID: String, badge: DeviceBadge? = nil) {
        self.client = client
        self.requestID = requestID
        self.badge = badge
    }
}
